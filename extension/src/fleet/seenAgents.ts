import * as vscode from 'vscode';
import type { AgentId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import type { SeenAgents } from '../app.ts';

const key = 'seenAgents';
/** Older marks are dropped: nobody looks for them any more. */
const most = 500;

/** Marks are kept by agent and by when it finished. */
export class SeenAgentsStore implements SeenAgents, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<readonly AgentId[]>();
  readonly onDidChange = this.changed.event;
  private readonly memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.memento = memento;
  }

  isSeen(agent: Agent): boolean {
    return this.marks().includes(markOf(agent));
  }

  async mark(agents: readonly Agent[], seen: boolean): Promise<void> {
    const meant = agents.map(markOf);
    const others = this.marks().filter((mark) => !meant.includes(mark));
    await this.memento.update(key, seen ? [...others, ...meant].slice(-most) : others);
    this.changed.fire(agents.map(({ id }) => id));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private marks(): readonly string[] {
    return this.memento.get<readonly string[]>(key, []);
  }
}

function markOf({ id, since }: Agent): string {
  return `${id} ${since}`;
}
