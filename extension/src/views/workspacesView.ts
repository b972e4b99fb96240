import * as vscode from 'vscode';
import type { IssueId } from '../../../runner/protocol/issueId.ts';
import type { Workspace } from '../../../runner/protocol/models.ts';
import type { WorkspaceChanges } from '../../../runner/protocol/workspaceModels.ts';
import { messageOf } from '../messageOf.ts';
import type { Element } from './elements.ts';
import { FetchWhileSeen } from './fetchWhileSeen.ts';
import { RowTree } from './rowTree.ts';
import { isAnswering, type ViewDeps } from './viewDeps.ts';
import { workspaceNodes } from './workspaceNodes.ts';
import { isBroken } from './workspaceRow.ts';
import { workspaceTooltip } from './workspaceTooltip.ts';

/** Shortest time between two fetches, in milliseconds: each runs git in every workspace. */
const everyMs = 2_000;

/** The view Workspaces: fetched only while it is seen, the changed files of those that are expanded. */
export class WorkspacesView implements vscode.Disposable {
  private readonly deps: ViewDeps;
  private readonly tree: RowTree;
  readonly view: vscode.TreeView<Element>;
  private readonly fetching: FetchWhileSeen;
  private readonly subscriptions: vscode.Disposable[];
  private workspaces: readonly Workspace[] | undefined;
  private readonly changes = new Map<IssueId, WorkspaceChanges | { failure: string }>();

  constructor(deps: ViewDeps) {
    this.deps = deps;
    this.tree = new RowTree(
      'panopticon.workspaces',
      {
        load: () => this.load(),
        loadBelow: (element) => this.loadBelow(element),
        tooltip: async (element) => (element.kind === 'workspace' ? workspaceTooltip(element.workspace) : undefined),
      },
      deps.clock,
    );
    this.view = vscode.window.createTreeView('panopticon.workspaces', {
      treeDataProvider: this.tree,
      showCollapseAll: true,
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
        if (scope === 'workspaces' || scope === 'projects') this.expire();
      }),
      deps.runner.onDidChangeState(() => this.update()),
      deps.fleet.onDidChange(() => this.fetching.redraw()),
      this.view.onDidCollapseElement(({ element }) => this.forget(element)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('panopticon.diff')) this.expire();
      }),
    ];
  }

  /** As far as they were fetched. */
  has(issueId: IssueId): boolean {
    return this.workspaces?.some((workspace) => workspace.issueId === issueId) ?? false;
  }

  /** What is shown may be out of date: it is fetched now, or when the view is seen again. */
  expire(): void {
    this.fetching.expire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async load(): Promise<void> {
    if (isAnswering(this.deps.runner)) await this.fetching.now();
    else this.update();
  }

  private async loadBelow(element: Element): Promise<void> {
    if (element.kind !== 'workspace') return;
    await this.fetchChanges(element.issueId);
    this.update();
  }

  private forget(element: Element): void {
    if (element.kind === 'workspace' && this.changes.delete(element.issueId)) this.update();
  }

  private async fetch(): Promise<void> {
    const runner = this.deps.runner.connected();
    if (runner === undefined) return;
    try {
      this.workspaces = await runner.workspaces.list({});
      this.view.message = '';
    } catch (error) {
      this.report(error);
    }
    for (const issueId of [...this.changes.keys()]) {
      if (this.has(issueId)) await this.fetchChanges(issueId);
      else this.changes.delete(issueId);
    }
    this.update();
  }

  private async fetchChanges(issueId: IssueId): Promise<void> {
    const runner = this.deps.runner.connected();
    if (runner === undefined) return;
    try {
      this.changes.set(
        issueId,
        await runner.workspaces.changes({ id: issueId, against: this.deps.settings.diffBase() }),
      );
    } catch (error) {
      this.changes.set(issueId, { failure: messageOf(error) });
    }
  }

  /** What is shown stays. */
  private report(error: unknown): void {
    this.deps.log.warn(`Workspaces could not be read: ${messageOf(error)}`);
    if (this.deps.runner.connected() !== undefined) this.view.message = messageOf(error);
  }

  private update(): void {
    const { runner, fleet } = this.deps;
    if (!isAnswering(runner)) {
      this.tree.show([]);
      this.view.description = '';
      return;
    }
    if (this.workspaces === undefined) return;
    const { workspaces, changes } = this;
    this.deps.setEmpty('workspaces', workspaces.length === 0);
    this.tree.show(workspaceNodes({ workspaces, changes, agentOf: (agentId) => fleet.get(agentId) }));
    const broken = workspaces.filter(isBroken).length;
    this.view.description = broken === 0 ? '' : `${broken} ${broken === 1 ? 'needs' : 'need'} repair`;
  }
}
