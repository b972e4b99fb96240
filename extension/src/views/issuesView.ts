import * as vscode from 'vscode';
import type { IssueId } from '../../../runner/protocol/issueId.ts';
import type { IssueCounts } from '../../../runner/protocol/issuePages.ts';
import type { IssueFilterChoice } from '../app.ts';
import { messageOf } from '../messageOf.ts';
import type { Element, GroupElement } from './elements.ts';
import { FetchWhileSeen } from './fetchWhileSeen.ts';
import { issueNodes, type LoadedIssues, stateKey, wantedStates } from './issueNodes.ts';
import { issueTooltip } from './issueTooltip.ts';
import { RowTree } from './rowTree.ts';
import { rowId } from './treeNode.ts';
import { isAnswering, type ViewDeps } from './viewDeps.ts';

/** Shortest time between two fetches, in milliseconds. */
const everyMs = 250;

type StateGroup = GroupElement & Required<Pick<GroupElement, 'project' | 'state'>>;

/** The view Issues: counts first, the issues of a state when it is expanded, a page at a time. */
export class IssuesView implements vscode.Disposable {
  private readonly deps: ViewDeps;
  private readonly hasWorkspace: (issueId: IssueId) => boolean;
  private readonly tree: RowTree;
  readonly view: vscode.TreeView<Element>;
  private readonly fetching: FetchWhileSeen;
  private readonly subscriptions: vscode.Disposable[];
  private counts: IssueCounts | undefined;
  private readonly pages = new Map</* key of the group */ string, LoadedIssues & { group: StateGroup }>();
  private filter: IssueFilterChoice | undefined;

  constructor(
    deps: ViewDeps,
    hasWorkspace: (issueId: IssueId) => boolean,
    dragAndDropController: vscode.TreeDragAndDropController<Element>,
  ) {
    this.deps = deps;
    this.hasWorkspace = hasWorkspace;
    this.tree = new RowTree(
      'panopticon.issues',
      {
        load: () => this.load(),
        loadBelow: (element) => this.loadBelow(element),
        tooltip: async (element, cancel) =>
          element.kind === 'issue' ? issueTooltip(element.issue, cancel, deps) : undefined,
      },
      deps.clock,
    );
    this.view = vscode.window.createTreeView('panopticon.issues', {
      treeDataProvider: this.tree,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController,
    });
    this.fetching = new FetchWhileSeen(
      this.view,
      { fetch: () => this.fetch(), show: () => this.update(), everyMs },
      deps.clock,
    );
    this.subscriptions = [
      this.tree.serve(this.view),
      this.tree,
      this.view,
      this.fetching,
      deps.runner.onDidChange(({ scope }) => {
        if (scope === 'issues' || scope === 'projects') this.expire();
      }),
      deps.runner.onDidChangeState(() => this.update()),
      deps.projects.onDidChange(() => this.update()),
      deps.fleet.onDidChange(() => this.fetching.redraw()),
      this.view.onDidCollapseElement(({ element }) => this.forget(element)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('panopticon.issues')) return;
        this.pages.clear();
        this.expire();
      }),
    ];
  }

  get currentFilter(): IssueFilterChoice | undefined {
    return this.filter;
  }

  async setFilter(filter: IssueFilterChoice | undefined): Promise<void> {
    this.filter = filter;
    this.pages.clear();
    this.view.description = filterWords(filter);
    await this.fetching.now();
  }

  /** What is shown may be out of date: it is fetched now, or when the view is seen again. */
  expire(): void {
    this.fetching.expire();
  }

  /** Selects the issue's row, of those that are loaded. */
  async reveal(issueId: IssueId, focus: boolean): Promise<void> {
    if (!focus && !this.view.visible) return;
    await this.fetching.now();
    await this.select(`issue-${issueId}`, focus);
  }

  /** Fetches the next issues of a state, by the key of its group, and goes on at the first of them. */
  async loadMore(key: string): Promise<void> {
    const page = this.pages.get(key);
    if (page === undefined) return;
    await this.fetchPage(page.group, page.issues.length + this.deps.settings.issuePageSize());
    this.update();
    const first = this.pages.get(key)?.issues[page.issues.length];
    if (first !== undefined) await this.select(`issue-${first.id}`, true);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async select(id: string, focus: boolean): Promise<void> {
    const element = this.tree.element(id);
    if (element !== undefined) await this.view.reveal(element, { select: true, focus });
  }

  private async load(): Promise<void> {
    if (isAnswering(this.deps.runner)) await this.fetching.now();
    else this.update();
  }

  private async loadBelow(element: Element): Promise<void> {
    if (!isStateGroup(element)) return;
    await this.fetchPage(element, this.deps.settings.issuePageSize());
    this.update();
  }

  /** Collapsed rows are fetched again when they are wanted again. */
  private forget(element: Element): void {
    if (this.pages.delete(rowKey(element))) this.update();
  }

  private async fetch(): Promise<void> {
    const runner = this.deps.runner.connected();
    if (runner === undefined) return;
    try {
      const states = wantedStates(this.filter?.states ?? [], this.deps.settings.hiddenIssueStates());
      this.counts = await runner.issues.counts({ ...this.restriction(), states });
      for (const { group, issues } of [...this.pages.values()]) {
        await this.fetchPage(group, Math.max(issues.length, this.deps.settings.issuePageSize()));
      }
      this.view.message = '';
    } catch (error) {
      this.report(error);
    }
    this.update();
  }

  private async fetchPage(group: StateGroup, limit: number): Promise<void> {
    const runner = this.deps.runner.connected();
    if (runner === undefined) return;
    const { project, state, key } = group;
    try {
      const page = await runner.issues.page({ ...this.restriction(), project, state, offset: 0, limit });
      this.pages.set(key, { ...page, group });
    } catch (error) {
      this.report(error);
    }
  }

  private restriction(): { project?: string; labels?: string[] } {
    const { project, labels = [] } = this.filter ?? {};
    return { ...(project === undefined ? {} : { project }), ...(labels.length === 0 ? {} : { labels }) };
  }

  /** What is shown stays. */
  private report(error: unknown): void {
    const message = messageOf(error);
    this.deps.log.warn(`Issues could not be read: ${message}`);
    if (isAnswering(this.deps.runner) && this.deps.runner.connected() !== undefined) this.view.message = message;
  }

  private update(): void {
    const { runner, projects, settings, fleet } = this.deps;
    if (!isAnswering(runner)) {
      this.tree.show([]);
      return;
    }
    if (this.counts === undefined) return;
    const nodes = issueNodes({
      counts: this.counts,
      projects: projects.all(),
      pages: this.pages,
      pageSize: settings.issuePageSize(),
      agentOf: (agentId) => fleet.get(agentId),
      hasWorkspace: ({ id }) => this.hasWorkspace(id),
    });
    this.deps.setEmpty('issues', nodes.length === 0);
    this.tree.show(nodes);
  }
}

function isStateGroup(element: Element): element is StateGroup {
  return element.kind === 'group' && element.project !== undefined && element.state !== undefined;
}

function rowKey(element: Element): string {
  return isStateGroup(element) ? stateKey(element.project, element.state) : rowId(element);
}

/** `myn · bug · in progress` */
function filterWords(filter: IssueFilterChoice | undefined): string {
  if (filter === undefined) return '';
  const parts = [filter.project ?? '', ...filter.labels, ...filter.states.map((state) => state.replaceAll('_', ' '))];
  return parts.filter((part) => part !== '').join(' · ');
}
