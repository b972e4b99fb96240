import type * as vscode from 'vscode';
import type { SeenAgents } from '../app.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Projects } from '../projects/projects.ts';
import type { RefetchClock } from '../refetch.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import type { Settings } from '../settings.ts';

/** What the three views show. */
export interface ViewDeps {
  runner: RunnerConnection;
  fleet: Fleet;
  projects: Pick<Projects, 'all' | 'ofWindow' | 'onDidChange'>;
  seen: SeenAgents;
  settings: Settings;
  clock: RefetchClock;
  /** Tells `when` clauses whether rows were fetched, and the view has none; of `agents`, though there are some. */
  setEmpty(view: 'agents' | 'issues' | 'workspaces', isEmpty: boolean): void;
  log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** Whether rows are shown. While it reconnects, those that were there stay; otherwise the view says what is the matter. */
export function isAnswering({ state }: Pick<RunnerConnection, 'state'>): boolean {
  return state === 'ready' || state === 'reconnecting';
}
