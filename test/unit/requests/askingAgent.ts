import type { OpenRequest } from '../../../runner/core/agents/activity.ts';
import type { AgentSituation } from '../../../runner/core/agents/agentReader.ts';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import { Changes } from '../../../runner/core/changes.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { KeyedMutex } from '../../../runner/core/files/keyedMutex.ts';
import { OpenRequests } from '../../../runner/core/requests/openRequests.ts';
import { RequestService, type RequestServiceDeps } from '../../../runner/core/requests/requestService.ts';
import type { RuntimeBehaviour, TypingStep } from '../../../runner/core/runtimes/runtimeBehaviour.ts';
import type { RequestAnswerParams } from '../../../runner/protocol/requests.ts';
import { MovableClock } from '../../support/movableClock.ts';

export const allowKeys = [{ kind: 'key', key: 'Enter' }] as const;

/** A tool whose hook can say everything but "for the session". */
const byHook: RuntimeBehaviour = {
  decide: (_event, answer) => (answer.kind === 'session' ? undefined : { said: answer }),
};

/** A tool without such a hook, whose dialog is the command. */
export const byKeys: RuntimeBehaviour = {
  dialogs: {
    read: (screen) => (screen === '' ? undefined : { subject: screen, allow: allowKeys, session: allowKeys }),
  },
};

export function anOpenRequest(id: string, command = 'npm test', changes: Partial<OpenRequest> = {}): OpenRequest {
  const event = { hook_event_name: 'PermissionRequest', tool_name: 'Bash', tool_input: { command } };
  return { key: `Bash ${command}`, id, detail: '', at: '2026-11-22T12:00:00.000Z', event, hookPid: 42, ...changes };
}

/** An agent that asks, of which only what an answer meets is there. */
export class AskingAgent {
  open = [anOpenRequest('r1')];
  behaviour = byHook;
  hookLives = true;
  paneLives = true;
  status = 'waiting';
  screen = 'npm test';
  /** Whether the hook takes what it is given. */
  takes = true;
  /** Called when the answer arrives. */
  onAnswer: () => void = () => this.goOn();
  /** Called when the answer is kept. */
  onNote: (event: AgentEvent) => void = () => undefined;
  drained = 0;
  /** Called when the reports of hooks are taken. */
  onDrain: () => void = () => undefined;
  tellOutcome = 'delivered';
  /** Called when a message is told. */
  onTell: () => void = () => undefined;
  readonly given: [requestId: string, output: unknown][] = [];
  readonly told: string[] = [];
  readonly pressed: (readonly TypingStep[])[] = [];
  readonly noted: AgentEvent[] = [];
  readonly recent: AgentEvent[] = [];
  readonly clock = new MovableClock();
  readonly changes = new Changes();
  private readonly state = {
    id: 'agent-min-1',
    issueId: 'MIN-1',
    title: 'Title',
    runtime: 'tool',
    launchId: 'launch',
    workspace: '/w',
    intent: 'running',
    capabilities: { resumes: true },
  } as AgentState;

  /** The agent reported that it asks. */
  asked(id: string): void {
    const { event, at } = anOpenRequest(id);
    this.recent.push({ source: 'hook', at, launchId: 'launch', event, request: { id, pid: 42 } });
  }

  /** The agent reports that it goes on. */
  goOn(): void {
    this.recent.push({
      source: 'hook',
      at: '2026-11-22T12:00:01.000Z',
      launchId: 'launch',
      event: { hook_event_name: 'PostToolUse' },
    });
    this.clock.move(200);
    this.changes.fire({ scope: 'agents', ids: ['agent-min-1'] });
  }

  /** Lets time pass for what looks again and again. */
  async letPass(ms: number): Promise<void> {
    for (let passed = 0; passed <= ms; passed += 50) {
      await new Promise((resolve) => setImmediate(resolve));
      this.clock.move(50);
    }
  }

  answer(params: Omit<RequestAnswerParams, 'id'>) {
    return this.service().answer({ id: 'MIN-1', ...params }, 'pan');
  }

  service(): RequestService {
    const reader = {
      situation: async () => this.situation(),
      surePane: async () => ({ kind: this.paneLives ? 'alive' : 'gone' }),
    };
    const stored = { kind: 'ok', id: 'agent-min-1', issueId: 'MIN-1', state: this.state };
    const behaviourOf = () => this.behaviour;
    const waits = async () => this.hookLives;
    return new RequestService({
      clock: this.clock,
      changes: this.changes,
      mutex: new KeyedMutex(),
      store: { list: async () => [stored] },
      access: { find: async () => stored },
      talk: {
        tell: async ({ text }: { text: string }) => {
          this.onTell();
          this.told.push(text);
          return { outcome: this.tellOutcome, detail: 'not taken within 10 s' };
        },
      },
      reader,
      events: {
        history: async () => this.situation().history,
        append: async (_id: string, event: AgentEvent) => {
          this.noted.push(event);
          this.onNote(event);
        },
      },
      open: new OpenRequests({ behaviourOf, hooks: { waits, waitedLately: waits } }),
      files: {
        give: async (_agent: string, id: string, output: unknown) => {
          this.given.push([id, output]);
          if (this.takes) this.onAnswer();
          return this.takes;
        },
      },
      typist: {
        screen: async () => this.screen,
        type: async (_agent: string, steps: readonly TypingStep[]) => {
          this.pressed.push(steps);
          this.screen = '';
          this.onAnswer();
        },
      },
      behaviourOf,
      drainSpool: async () => {
        this.drained += 1;
        this.onDrain();
      },
    } as unknown as RequestServiceDeps);
  }

  private situation(): AgentSituation {
    const activity = { kind: 'waiting', since: '', detail: '', open: this.open };
    return {
      state: this.state,
      history: { launchId: 'launch', activity, recent: this.recent },
      pane: { kind: this.paneLives ? 'alive' : 'gone' },
      verdict: { status: this.status, reason: '', since: '' },
    } as unknown as AgentSituation;
  }
}
