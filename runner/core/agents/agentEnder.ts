import { UserError } from '../../protocol/errors.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Log } from '../ports.ts';
import type { EndTreeResult, EndTreeTarget } from '../processes/endTree.ts';
import { messageOf } from '../text/messageOf.ts';
import type { PaneWatch } from '../tmux/paneWatch.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import type { AgentState, Intent } from './agentState.ts';
import type { AgentStore } from './agentStore.ts';
import type { EventLog } from './eventLog.ts';
import type { HookHandover } from './hookHandover.ts';
import { runnerEvent } from './runnerEvents.ts';

export interface AgentEnderDeps {
  paths: RunnerPaths;
  clock: Clock;
  log: Log;
  store: AgentStore;
  events: EventLog;
  tmux: TmuxServer;
  panes: PaneWatch;
  endTree(target: EndTreeTarget): Promise<EndTreeResult>;
  handover: Pick<HookHandover, 'settle'>;
}

/** Most lines of the terminal that are kept when an agent ends. */
const keptLines = 10_000;

/** Ends agents: the intent first, then everything that the launch started, then its terminal. */
export class AgentEnder {
  private readonly deps: AgentEnderDeps;

  constructor(deps: AgentEnderDeps) {
    this.deps = deps;
  }

  /** Writes what is intended, so that a daemon that dies now does not revive what was ended. */
  async intend(
    state: AgentState,
    intent: Exclude<Intent, 'running'>,
    outcome: string | null,
    by: string,
  ): Promise<AgentState> {
    const { events, clock } = this.deps;
    const at = clock.now().toISOString();
    const intended = await this.change(state, { intent, intentAt: at, outcome });
    await events.append(state.id, runnerEvent(state, at, { type: 'intent', intent, by }));
    return intended;
  }

  /** Ends the agent of this state, and notes that nothing of the launch is left. */
  async finish(state: AgentState, outcome: string | null = state.outcome): Promise<AgentState> {
    const survivors = await this.end(state.id, state.leader, state.launchId);
    return this.change(state, { outcome, leader: survivors > 0 ? state.leader : null });
  }

  /** Of this launch; what its reports have changed meanwhile stays. */
  private async change(state: AgentState, change: Partial<AgentState>): Promise<AgentState> {
    const changed = await this.deps.store.update(state.id, (now) =>
      now.launchId === state.launchId ? { ...now, ...change } : now,
    );
    if (changed !== undefined) await this.deps.handover.settle(changed);
    return changed ?? { ...state, ...change };
  }

  /**
   * Ends what runs, if anything does. The leader is null where its state file was unreadable.
   *
   * @returns how many processes could not be ended.
   */
  async end(agentId: string, leader: AgentState['leader'], launchId: string): Promise<number> {
    const { log, tmux, panes, endTree } = this.deps;
    await this.keepScreen(agentId);
    const { survivors } = await endTree({ leader: leader ?? undefined, launchId });
    if (survivors > 0) log.warn(`${agentId}: ${survivors} processes could not be ended`);
    try {
      await tmux.killSession(agentId);
    } catch (error) {
      // What ran in it has ended: that is worth noting, and the terminal is removed before the next start.
      if (!(error instanceof UserError) || error.code !== 'tmuxSilent') throw error;
      log.warn(`the terminal of ${agentId} was not removed: ${messageOf(error)}`);
    }
    await panes.refresh();
    return survivors;
  }

  /** What the terminal showed is worth keeping; that it cannot be kept must not stop an ending. */
  async keepScreen(agentId: string): Promise<void> {
    const { tmux, paths, log } = this.deps;
    try {
      const text = await tmux.capture(agentId, keptLines);
      if (text !== '') await writeAtomic(paths.agent(agentId).screen, text);
    } catch (error) {
      log.info(`the screen of ${agentId} was not kept: ${messageOf(error)}`);
    }
  }
}
