import type * as vscode from 'vscode';
import type { AgentId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';

/** The agents of the machine, as the runner told them last; kept while the runner is away. */
export interface Fleet {
  /** Whether they were fetched at least once. */
  readonly isKnown: boolean;
  all(): readonly Agent[];
  get(agentId: AgentId): Agent | undefined;
  /** Those that need a person, in the order of the view: the longest waiting first. */
  needsYou(): readonly Agent[];
  /** Ids of the agents that came, went, or of which anything is different. At most one event each 40 ms. */
  readonly onDidChange: vscode.Event<readonly AgentId[]>;
  /** Fetches these now, for those who just acted; the event follows. */
  refresh(ids: readonly AgentId[]): Promise<void>;
}
