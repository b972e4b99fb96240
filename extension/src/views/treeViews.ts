import * as vscode from 'vscode';
import type { AgentId, IssueId } from '../../../runner/protocol/issueId.ts';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import type { IssueFilterChoice, ViewName, Views } from '../app.ts';
import { AgentsView } from './agentsView.ts';
import { agentDrops, issueDrags } from './dragAndDrop.ts';
import type { Element } from './elements.ts';
import { FileDecorations } from './fileDecorations.ts';
import { IssuesView } from './issuesView.ts';
import type { Aim } from './settledRows.ts';
import type { ViewDeps } from './viewDeps.ts';
import { WorkspacesView } from './workspacesView.ts';

export interface TreeViewsDeps extends ViewDeps {
  /** The agent of the active panel, terminal or document. */
  activeAgent(): AgentId | undefined;
  /** Tells `when` clauses whether a filter restricts the issues. */
  setFiltered(isFiltered: boolean): void;
}

/** The three views. */
export class TreeViews implements Views, vscode.Disposable {
  private readonly deps: TreeViewsDeps;
  private readonly agents: AgentsView;
  private readonly issues: IssuesView;
  private readonly workspaces: WorkspacesView;
  private readonly decorations = vscode.window.registerFileDecorationProvider(new FileDecorations());

  constructor(deps: TreeViewsDeps) {
    this.deps = deps;
    this.agents = new AgentsView(deps, agentDrops(deps.projects));
    this.workspaces = new WorkspacesView(deps);
    this.issues = new IssuesView(deps, (issueId) => this.workspaces.has(issueId), issueDrags());
  }

  /** Whether agents are listed on the screen, for those who tell the runner. */
  get agentsView(): Pick<vscode.TreeView<Element>, 'visible' | 'onDidChangeVisibility'> {
    return this.agents.view;
  }

  selected(view: ViewName): readonly Element[] {
    return this[view].view.selection;
  }

  revealAgent(agentId: AgentId, { focus }: { focus: boolean }): Promise<void> {
    return this.agents.reveal(agentId, focus);
  }

  revealIssue(issueId: IssueId, { focus }: { focus: boolean }): Promise<void> {
    return this.issues.reveal(issueId, focus);
  }

  agentHasSettled(agentId: AgentId, aim: Aim): boolean {
    return this.agents.hasSettled(agentId, aim);
  }

  likeliestAgent(): AgentId | undefined {
    const rows = [this.agents, this.issues, this.workspaces]
      .filter(({ view }) => view.visible)
      .flatMap(({ view }) => view.selection);
    return (
      this.deps.activeAgent() ??
      rows.map(agentOf).find((id) => id !== undefined && this.deps.fleet.get(id) !== undefined)
    );
  }

  setIssueFilter(filter: IssueFilterChoice | undefined): void {
    this.deps.setFiltered(filter !== undefined);
    void this.withProgress('issues', () => this.issues.setFilter(filter));
  }

  issueFilter(): IssueFilterChoice | undefined {
    return this.issues.currentFilter;
  }

  refresh(): void {
    this.issues.expire();
    this.workspaces.expire();
    void this.deps.fleet.refresh(this.deps.fleet.all().map(({ id }) => id));
  }

  async loadMore(key: string): Promise<void> {
    const [what = '', ...rest] = key.split(' ');
    if (what === 'more' && rest[0] === 'issues')
      await this.withProgress('issues', () => this.issues.loadMore(rest.join(' ')));
    else await this.agents.showMore(key);
  }

  async withProgress<T>(view: ViewName, task: () => Promise<T>): Promise<T> {
    return vscode.window.withProgress({ location: { viewId: `panopticon.${view}` } }, task);
  }

  dispose(): void {
    for (const each of [this.agents, this.issues, this.workspaces, this.decorations]) each.dispose();
  }
}

function agentOf(element: Element): AgentId | undefined {
  switch (element.kind) {
    case 'agent':
      return element.agentId;
    case 'issue':
    case 'workspace':
    case 'file':
      return agentIdOf(element.issueId);
    default:
      return undefined;
  }
}
