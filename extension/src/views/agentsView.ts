import * as vscode from 'vscode';
import type { AgentId } from '../../../runner/protocol/issueId.ts';
import { type AgentGrouping, groupRoom, roomForAll } from './agentGroups.ts';
import { agentNodes } from './agentNodes.ts';
import { agentTooltip } from './agentTooltip.ts';
import type { AgentElement, Element } from './elements.ts';
import { HeldStarts } from './heldStarts.ts';
import { RowTree } from './rowTree.ts';
import type { Aim } from './settledRows.ts';
import type { TreeNode } from './treeNode.ts';
import { isAnswering, type ViewDeps } from './viewDeps.ts';

/** The view Agents. */
export class AgentsView implements vscode.Disposable {
  private readonly deps: ViewDeps;
  private readonly tree: RowTree;
  private readonly starts: HeldStarts;
  readonly view: vscode.TreeView<Element>;
  private readonly subscriptions: vscode.Disposable[];
  private readonly rooms = new Map<string, number>();
  private groups: TreeNode[] = [];
  private showsOlder = false;

  constructor(deps: ViewDeps, dragAndDropController: vscode.TreeDragAndDropController<Element>) {
    this.deps = deps;
    this.tree = new RowTree(
      'panopticon.agents',
      {
        load: () => this.load(),
        loadBelow: async () => {},
        tooltip: async (element, cancel) =>
          element.kind === 'agent' ? agentTooltip(element.agent, cancel, deps) : undefined,
      },
      deps.clock,
    );
    this.view = vscode.window.createTreeView('panopticon.agents', {
      treeDataProvider: this.tree,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController,
    });
    const update = () => this.update();
    this.starts = new HeldStarts(deps.clock, update);
    this.subscriptions = [
      this.starts,
      this.tree.serve(this.view),
      this.tree,
      this.view,
      deps.fleet.onDidChange(update),
      deps.seen.onDidChange(update),
      deps.projects.onDidChange(update),
      deps.runner.onDidChangeState(update),
      deps.runner.onDidAge(update),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('panopticon.agents')) this.update();
      }),
      this.view.onDidChangeSelection(({ selection }) => this.see(selection)),
    ];
  }

  /** Selects the agent's row, where there is one or will be at once. */
  async reveal(agentId: AgentId, focus: boolean): Promise<void> {
    if (!focus && !this.view.visible) return;
    const { fleet } = this.deps;
    if (fleet.get(agentId) === undefined) await fleet.refresh([agentId]);
    await this.starts.isShown(agentId);
    if (this.tree.element(agentId) === undefined) this.makeRoom();
    const element = this.tree.element(agentId);
    if (element !== undefined) await this.view.reveal(element, { select: true, focus });
  }

  /** Whether a person who clicks this of the agent's row now can have seen what it asks. */
  hasSettled(agentId: AgentId, aim: Aim): boolean {
    return this.tree.hasSettled(agentId, aim);
  }

  /** Shows more rows of a group, by the key of the row that was clicked, and goes on at the first of them. */
  async showMore(key: string): Promise<void> {
    const [what = '', ...words] = key.split(' ');
    const group = words.join(' ');
    const before = this.agentsOf(group).length;
    if (what === 'older') this.showsOlder = true;
    else this.rooms.set(group, (this.rooms.get(group) ?? groupRoom) + 4 * groupRoom);
    this.update();
    const first = this.agentsOf(group)[before];
    // Selected, finished work would count as seen.
    if (first !== undefined) await this.view.reveal(first, { select: false, focus: true });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async load(): Promise<void> {
    if (isAnswering(this.deps.runner) && !this.deps.fleet.isKnown) await this.deps.fleet.refresh([]);
    this.update();
  }

  private update(): void {
    const { fleet, runner, seen, setEmpty } = this.deps;
    if (isAnswering(runner) && !fleet.isKnown) return;
    const agents = isAnswering(runner) ? fleet.all() : [];
    const needs = isAnswering(runner) ? fleet.needsYou().length : 0;
    const shown = this.starts.show(agents);
    this.groups = agentNodes({ agents: shown, grouping: this.grouping(), isSeen: (agent) => seen.isSeen(agent) });
    setEmpty('agents', shown.length > 0 && this.groups.length === 0);
    this.tree.show(this.groups);
    const working = agents.filter(({ status }) => status === 'working' || status === 'starting').length;
    this.view.description = working === 0 ? '' : `${working} working`;
    const tooltip = `${needs} ${needs === 1 ? 'agent needs' : 'agents need'} you`;
    if (this.view.badge?.tooltip !== tooltip || needs === 0)
      this.view.badge = needs === 0 ? undefined : { value: needs, tooltip };
  }

  /** The agents that a group shows, from top to bottom. */
  private agentsOf(key: string): Element[] {
    const rows = this.groups.find(({ element }) => element.kind === 'group' && element.key === key)?.children;
    if (rows === undefined || rows === 'unloaded') return [];
    return rows.map(({ element }) => element).filter(({ kind }) => kind === 'agent');
  }

  /** Whoever is looked for must not be hidden for want of room. */
  private makeRoom(): void {
    this.showsOlder = true;
    for (const [key, room] of roomForAll(this.deps.fleet.all(), this.grouping())) this.rooms.set(key, room);
    this.update();
  }

  private grouping(): AgentGrouping {
    const { projects, settings } = this.deps;
    return {
      groupBy: settings.groupBy(),
      scope: settings.scope(),
      openProjects: new Set(projects.ofWindow().map(({ name }) => name)),
      finishedHours: settings.finishedHours(),
      showsOlder: this.showsOlder,
      now: Date.now(),
      rooms: this.rooms,
    };
  }

  /** Finished work whose row was opened has been seen. */
  private see(selection: readonly Element[]): void {
    const opened = selection.length === 1 ? selection.filter(isFinished).map(({ agent }) => agent) : [];
    const news = opened.filter((agent) => !this.deps.seen.isSeen(agent));
    if (news.length > 0) void this.deps.seen.mark(news, true);
  }
}

function isFinished(element: Element): element is AgentElement {
  return element.kind === 'agent' && element.agent.status === 'done';
}
