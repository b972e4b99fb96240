import type { Activity } from '../../../runner/core/agents/activity.ts';
import type { AgentReader, AgentSituation } from '../../../runner/core/agents/agentReader.ts';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import type { EventLog } from '../../../runner/core/agents/eventLog.ts';
import { Mailbox } from '../../../runner/core/agents/mailbox.ts';
import { Teller } from '../../../runner/core/agents/teller.ts';
import { Changes } from '../../../runner/core/changes.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { createPaths, type RunnerPaths } from '../../../runner/core/paths.ts';
import type { LiveSign, RuntimeBehaviour, TypingStep } from '../../../runner/core/runtimes/runtimeBehaviour.ts';
import type { Typist } from '../../../runner/core/tmux/typist.ts';
import type { AgentStatus } from '../../../runner/protocol/enumerations.ts';
import { waitFor } from '../../support/waitFor.ts';

export const agentId = 'agent-min-1';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An agent and its terminal, of which only what a message meets is there. */
export class TellerWorld {
  status: AgentStatus = 'idle';
  confirms = true;
  /** What was done to the terminal. */
  readonly terminal: string[] = [];
  readonly recent: AgentEvent[] = [];
  /** Called once after the next paste. */
  afterPaste: () => void = () => undefined;
  /** Called at every Enter with what stands in the line. */
  onEnter: (text: string) => void = (text) => this.report(text);
  /** How often what waits was to be delivered a little later. */
  soon = 0;
  /** What its terminal shows, what else is seen of it, and what is known of its tool. */
  screen = '';
  signs: LiveSign[] = [];
  behaviour: RuntimeBehaviour = {};
  /** Whether it is in the middle of a turn. */
  works = false;
  /** What lies in the spool still. */
  spooled: () => void = () => undefined;
  /** Thrown by the next paste. */
  obstacle: Error | undefined;
  private line = '';
  private readonly timers = new Set<() => void>();
  private nowMs = Date.parse('2026-01-01T00:00:00Z');
  private readonly clock = {
    now: () => new Date(this.nowMs++),
    monotonicMs: () => this.nowMs,
    after: (_ms: number, run: () => void) => {
      this.timers.add(run);
      return () => void this.timers.delete(run);
    },
  };
  private readonly paths: RunnerPaths;
  mailbox: Mailbox;
  teller: Teller;

  constructor(home: string) {
    this.paths = createPaths(home);
    this.mailbox = new Mailbox({ paths: this.paths, clock: this.clock, log, changes: new Changes() });
    this.teller = this.makeTeller();
  }

  /** A new daemon knows only what is on disk. */
  restart(): void {
    this.mailbox = new Mailbox({ paths: this.paths, clock: this.clock, log, changes: new Changes() });
    this.teller = this.makeTeller();
  }

  /** Lets all time limits pass. */
  expire(ms = 0): void {
    this.nowMs += ms;
    for (const run of [...this.timers]) run();
  }

  get timerCount(): number {
    return this.timers.size;
  }

  reported(prompt: string): AgentEvent {
    const event = { hook_event_name: 'UserPromptSubmit', prompt };
    return { source: 'hook', at: this.clock.now().toISOString(), launchId: 'launch', event };
  }

  report(prompt: string): void {
    const reported = this.reported(prompt);
    this.recent.push(reported);
    this.teller.noticePrompt(agentId, reported);
  }

  /** An Enter that was not taken for one leaves the text where it is. */
  leave(text: string): void {
    this.line = text;
  }

  /** Waits until this was done to the terminal, and a time limit runs. */
  async untilTyped(last: string): Promise<void> {
    await waitFor(() => (this.terminal.at(-1) === last && this.timerCount > 0 ? true : undefined), {
      what: `${last} in the terminal`,
      timeoutMs: 5_000,
    });
  }

  get situation(): AgentSituation {
    const capabilities = { reportsEvents: this.confirms, confirmsMessages: this.confirms, resumes: true };
    const activity: Activity =
      this.status === 'waiting'
        ? { kind: 'waiting', since: '', detail: '', open: [] }
        : this.works
          ? { kind: 'working', since: '', lastSignAt: '', detail: '' }
          : { kind: 'idle', since: '', detail: '' };
    const state = { id: agentId, issueId: 'MIN-1', runtime: 'rehearsal', launchId: 'launch', capabilities };
    // A broken configuration can make the verdict say something else; an open dialog is what counts.
    const verdict = { status: 'working', reason: '', since: '' };
    const history = { launchId: 'launch', activity, activityAt: '2026-01-01T00:00:00.000Z', recent: this.recent };
    return { state: state as AgentState, history, pane: { kind: 'alive' }, verdict } as AgentSituation;
  }

  tell(text: string) {
    return this.teller.tell(this.situation, text);
  }

  private makeTeller(): Teller {
    const press = (key: string): void => {
      this.terminal.push(`<${key}>`);
      const text = this.line;
      this.line = '';
      if (key === 'Enter') this.onEnter(text);
    };
    const paste = (text: string): void => {
      const { obstacle } = this;
      this.obstacle = undefined;
      if (obstacle !== undefined) throw obstacle;
      this.terminal.push(text);
      this.line += text;
      const call = this.afterPaste;
      this.afterPaste = () => undefined;
      call();
    };
    const typist = {
      type: async (_name: string, steps: readonly TypingStep[]) => {
        for (const step of steps) {
          if (step.kind === 'key') press(step.key);
          else if (step.kind === 'paste') paste(step.text);
        }
      },
      screen: async () => this.screen,
    };
    return new Teller({
      clock: this.clock,
      log,
      events: { append: async () => undefined } as unknown as EventLog,
      reader: { situation: async () => this.situation } as unknown as AgentReader,
      mailbox: this.mailbox,
      typist: typist as unknown as Typist,
      signs: { of: () => this.signs },
      behaviourOf: () => this.behaviour,
      drainSpool: async () => {
        const { spooled } = this;
        this.spooled = () => undefined;
        spooled();
      },
      deliverSoon: () => {
        this.soon += 1;
      },
    });
  }
}
