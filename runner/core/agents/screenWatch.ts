import type { AgentEvent } from '../events/agentEvent.ts';
import type { Clock, Log } from '../ports.ts';
import type { LiveSign, RuntimeBehaviour } from '../runtimes/runtimeBehaviour.ts';
import { messageOf } from '../text/messageOf.ts';
import type { AgentState } from './agentState.ts';
import type { AgentListener } from './agentSupervisor.ts';
import type { EventLog } from './eventLog.ts';

export interface ScreenWatchDeps {
  clock: Clock;
  log: Log;
  events: Pick<EventLog, 'history'>;
  panes: { screen(session: string): Promise<string> };
  signs: { put(agentId: string, sign: LiveSign): void; drop(agentId: string, source: 'screen'): void };
  mayLive(agentId: string): boolean;
  behaviourOf(runtime: string): RuntimeBehaviour;
}

/** Some tools stop at a dialog that no hook, title or file tells of; this is how late it may be known. */
const everyMs = 1_000;

/**
 * Looks at the screens of agents that start or work, where their tool has dialogs that only the screen tells of.
 * Without such an agent there is no timer.
 */
export class ScreenWatch implements AgentListener {
  private readonly deps: ScreenWatchDeps;
  private readonly watched = new Map</* agent id */ string, AgentState>();
  private cancel: (() => void) | undefined;

  constructor(deps: ScreenWatchDeps) {
    this.deps = deps;
  }

  onEvent(state: AgentState, _event: AgentEvent): void {
    this.consider(state);
  }

  onAgent(state: AgentState): Promise<void> {
    this.consider(state);
    return Promise.resolve();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.watched.clear();
  }

  private consider(state: AgentState): void {
    if (this.deps.behaviourOf(state.runtime).screenSign === undefined) return;
    this.watched.set(state.id, state);
    this.schedule();
  }

  private schedule(): void {
    if (this.cancel !== undefined || this.watched.size === 0) return;
    this.cancel = this.deps.clock.after(everyMs, () => {
      this.cancel = undefined;
      void this.lookAtAll().then(() => this.schedule());
    });
  }

  private async lookAtAll(): Promise<void> {
    for (const state of [...this.watched.values()]) {
      try {
        if (!(await this.lookAt(state))) this.watched.delete(state.id);
      } catch (error) {
        // What it showed before is not known to be there any more.
        this.deps.signs.drop(state.id, 'screen');
        if (!this.deps.mayLive(state.id)) this.watched.delete(state.id);
        this.deps.log.info(`the screen of ${state.id} was not seen: ${messageOf(error)}`);
      }
    }
  }

  /** Whether it is to be looked at again. */
  private async lookAt({ id, runtime, launchId }: AgentState): Promise<boolean> {
    const { clock, events, panes, signs, mayLive, behaviourOf } = this.deps;
    const history = await events.history(id);
    const { kind } = history.activity;
    if (!mayLive(id) || history.launchId !== launchId || (kind !== 'working' && kind !== 'starting')) {
      signs.drop(id, 'screen');
      return false;
    }
    const now = clock.now();
    const sign = behaviourOf(runtime).screenSign?.(await panes.screen(id), now);
    if (sign === undefined) signs.drop(id, 'screen');
    else signs.put(id, { ...sign, source: 'screen', since: now.toISOString() });
    return true;
  }
}
