import assert from 'node:assert/strict';
import fc from 'fast-check';
import { safeParse } from 'valibot';
import { type Activity, nextActivity } from '../../../runner/core/agents/activity.ts';
import { describeEvent } from '../../../runner/core/agents/describeEvent.ts';
import { judgeStatus, type PaneFact, stuckAfterMs } from '../../../runner/core/agents/judgeStatus.ts';
import { type AgentEvent, agentEventSchema } from '../../../runner/core/events/agentEvent.ts';
import { agentStatuses } from '../../../runner/protocol/enumerations.ts';

const start: Activity = { kind: 'starting', since: '2026-01-01T00:00:00.000Z' };
const at = '2026-01-01T00:01:00.000Z';
const now = new Date('2026-01-01T00:02:00.000Z');

function hook(name: string, fields: Record<string, unknown> = {}): AgentEvent {
  return { source: 'hook', at, launchId: 'launch', event: { hook_event_name: name, ...fields } };
}

const quiet = { intentAt: at, activityAt: at, signs: [], titleTellsStart: false, grewAt: null, reportsEvents: true };

function localTime(time: string): string {
  return new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

function runner(event: Extract<AgentEvent, { source: 'runner' }>['event']): AgentEvent {
  return { source: 'runner', at, launchId: 'launch', event };
}

function launched(more: { silent?: boolean; resumed?: boolean }): AgentEvent {
  return runner({ type: 'launched', fence: 1, sessionId: null, ...more });
}

/** As a person answers what was asked last. */
function answer(asked: Record<string, unknown>, given: string): AgentEvent {
  const activity = nextActivity(start, hook('PermissionRequest', asked));
  const requestId = activity.kind === 'waiting' ? (activity.open[0]?.id ?? '') : '';
  return runner({ type: 'answered', requestId, answer: given, asked: '', text: '', by: 'ada', from: 'cli' });
}

function judge(
  events: AgentEvent[],
  pane: PaneFact = { kind: 'alive' },
  intent: 'running' | 'killed' | 'done' = 'running',
) {
  const activity = events.reduce(nextActivity, start);
  const evidence = { ...quiet, intent, outcome: null, activity, pane, runtime: 'claude' };
  const { status, reason } = judgeStatus(evidence, now);
  return `${status}: ${reason}`;
}

const ask = { tool_name: 'Bash', tool_input: { command: 'rm -rf build' } };
const plan = { tool_name: 'ExitPlanMode', tool_input: { plan: 'First, look' } };
const other = { tool_name: 'Bash', tool_input: { command: 'ls' } };
const answered = { tool_name: 'AskUserQuestion', tool_input: { questions: [], answers: { x: 'y' } } };
const fetchOf = (url: string) => ({ tool_name: 'WebFetch', tool_input: { url } });
const question = { tool_name: 'AskUserQuestion', tool_input: { questions: [{ question: 'Which one?' }] } };

describe('what a parked agent waits for', () => {
  const parked = (error: string, fields: object = {}) => {
    const activity = nextActivity(start, hook('StopFailure', { error, ...fields }));
    const pane = { kind: 'alive' } as const;
    return judgeStatus({ ...quiet, intent: 'running', outcome: null, activity, pane, runtime: 'claude' }, now).parked;
  };

  it('is told by cause and end, whatever the words', () => {
    const retries = undefined;
    assert.deepEqual(parked('rate_limit', { resets_at: at }), { cause: 'limit', retries, until: at });
    assert.deepEqual(parked('authentication_failed'), { cause: 'login', retries, until: null });
    assert.deepEqual(parked('model_not_found'), { cause: 'model', retries, until: null });
    assert.equal(parked('server_error'), undefined);
  });
});

describe('the status of an agent', () => {
  const table: [what: string, events: AgentEvent[], expected: string][] = [
    ['nothing was heard of it', [], 'starting: starting claude'],
    ['it got its task', [hook('UserPromptSubmit')], 'working: reading its task'],
    ['it uses a tool', [hook('PreToolUse', ask)], 'working: Bash rm -rf build'],
    ['it asks a permission', [hook('PreToolUse', ask), hook('PermissionRequest', ask)], 'waiting: allow: rm -rf build'],
    ['a notification follows', [hook('PermissionRequest', ask), hook('Notification')], 'waiting: allow: rm -rf build'],
    [
      'another tool reports beside its dialog',
      [hook('PermissionRequest', ask), hook('PreToolUse', other), hook('PostToolUse', other)],
      'waiting: allow: rm -rf build',
    ],
    [
      'one of two dialogs was answered',
      [hook('PermissionRequest', ask), hook('PermissionRequest', other), hook('PostToolUse', ask)],
      'waiting: allow: ls',
    ],
    [
      'another use of the same tool ran beside its dialog',
      [hook('PermissionRequest', fetchOf('evil.example')), hook('PostToolUse', fetchOf('docs.example'))],
      'waiting: allow: WebFetch {"url":"evil.example"}',
    ],
    [
      'its turn ended beside a dialog of a task',
      [hook('PermissionRequest', ask), hook('Stop', { background_tasks: ['x'] })],
      'waiting: allow: rm -rf build',
    ],
    [
      'it did not start, and its program says its last words',
      [runner({ type: 'startFailed', message: 'disk full' }), hook('SessionEnd')],
      'stopped: did not start: disk full',
    ],
    [
      'it came up after all',
      [runner({ type: 'startFailed', message: 'no runner' }), hook('SessionStart'), hook('UserPromptSubmit')],
      'working: reading its task',
    ],
    [
      'its question was answered',
      [hook('PreToolUse', question), hook('PermissionRequest', question), hook('PostToolUse', answered)],
      'working: ran AskUserQuestion',
    ],
    [
      'it was allowed from outside',
      [hook('PermissionRequest', ask), answer(ask, 'allow')],
      'working: Bash rm -rf build',
    ],
    [
      'it was denied from outside',
      [hook('PermissionRequest', ask), answer(ask, 'deny')],
      'working: reading your answer',
    ],
    ['its plan was approved', [hook('PermissionRequest', plan), answer(plan, 'allow')], 'working: reading your answer'],
    [
      'it got a message',
      [hook('UserPromptSubmit'), hook('Stop'), hook('UserPromptSubmit')],
      'working: reading your message',
    ],
    ['it got its task after it came up', [hook('SessionStart'), hook('UserPromptSubmit')], 'working: reading its task'],
    [
      'it was resumed with nothing to do',
      [launched({ silent: true, resumed: true }), hook('SessionStart', { source: 'resume' })],
      'idle: resumed',
    ],
    [
      'it was resumed with nothing to do and told something',
      [launched({ silent: true }), hook('SessionStart', { source: 'resume' }), hook('UserPromptSubmit')],
      'working: reading your message',
    ],
    [
      'it came up with nothing to do',
      [launched({ silent: true }), hook('SessionStart', { source: 'startup' })],
      'idle: waiting for its first message',
    ],
    ['it was allowed', [hook('PermissionRequest', ask), hook('PostToolUse', ask)], 'working: ran Bash'],
    ['it was denied', [hook('PermissionRequest', ask), hook('Stop')], 'idle: turn ended'],
    ['it asks a question', [hook('PreToolUse', question)], 'waiting: asks: Which one?'],
    ['its turn ended', [hook('UserPromptSubmit'), hook('Stop')], 'idle: turn ended'],
    ['its turn left tasks behind', [hook('Stop', { background_tasks: ['x'] })], 'working: background tasks'],
    [
      'it hit a limit',
      [hook('StopFailure', { error: 'rate_limit', resets_at: at })],
      `parked: usage limit until ${localTime(at)}`,
    ],
    [
      'it hit a limit of a week',
      [hook('StopFailure', { error: 'rate_limit', resets_at: new Date(2026, 0, 4, 10).toISOString() })],
      'parked: usage limit until Sun 10:00',
    ],
    ['it is logged out', [hook('StopFailure', { error: 'authentication_failed' })], 'parked: logged out'],
    ['it died', [runner({ type: 'died', exitCode: 3, signal: null })], 'crashed: claude ended with exit code 3'],
    [
      'it ended well',
      [runner({ type: 'died', exitCode: 0, signal: null })],
      'stopped: claude ended by itself (exit code 0)',
    ],
    [
      'it says more after its death',
      [runner({ type: 'died', exitCode: 1, signal: null }), hook('Stop')],
      'crashed: claude ended with exit code 1',
    ],
    ['it did not start', [runner({ type: 'startFailed', message: 'no tmux' })], 'stopped: did not start: no tmux'],
  ];
  for (const [what, events, expected] of table) {
    it(`is ${JSON.stringify(expected)} when ${what}`, () => assert.equal(judge(events), expected));
  }

  it('is what was intended, whatever else is seen', () => {
    assert.match(judge([hook('PermissionRequest', ask)], { kind: 'alive' }, 'done'), /^done/);
    assert.equal(judge([hook('PreToolUse', ask)], { kind: 'gone' }, 'killed'), 'stopped: stopped by you');
  });

  it('says of one that was stopped who did it, and what it left', () => {
    const [activity, pane, outcome] = [start, { kind: 'gone' }, '2 commits on feature/min-1'] as const;
    const verdict = judgeStatus({ ...quiet, intent: 'killed', outcome, activity, pane, runtime: 'claude' }, now);
    assert.equal(verdict.reason, 'stopped by you · 2 commits on feature/min-1');
  });

  it('has endings among its evidence, in words', () => {
    const texts = [
      { intent: 'killed', by: 'user' },
      { intent: 'done', by: 'user' },
      { intent: 'done', by: 'agent' },
    ].map((ending) => describeEvent(runner({ type: 'intent', ...ending })).text);
    assert.deepEqual(texts, ['killed by you', 'marked done by you', 'marked done by agent']);
  });

  it('is not called crashed in the instant between a death and the knowledge of how it was', () => {
    assert.match(judge([hook('Stop')], { kind: 'dead', exitCode: null, signal: null }), /^unknown: claude has ended/);
    assert.match(judge([hook('Stop')], { kind: 'dead', exitCode: 0, signal: null }), /^stopped: .*exit code 0/);
    assert.match(judge([hook('Stop')], { kind: 'dead', exitCode: 3, signal: null }), /^crashed: .*exit code 3/);
    assert.match(judge([hook('Stop')], { kind: 'gone' }), /^crashed: its terminal session is gone/);
  });

  it('is unknown and never crashed when tmux could not be asked', () => {
    assert.match(judge([hook('Stop')], { kind: 'unknown', reason: 'timeout' }), /^unknown: tmux could not be asked/);
  });

  it('is stuck only after half an hour without any sign', () => {
    const activity = nextActivity(start, hook('PreToolUse', ask));
    const evidence = {
      intent: 'running',
      intentAt: at,
      outcome: null,
      pane: { kind: 'alive' },
      runtime: 'claude',
    } as const;
    const later = (ms: number) =>
      judgeStatus({ ...quiet, ...evidence, activity }, new Date(Date.parse(at) + ms)).status;
    assert.deepEqual([later(stuckAfterMs - 1), later(stuckAfterMs)], ['working', 'stuck']);
  });

  it('is not stuck while its transcript grows', () => {
    const activity = [hook('UserPromptSubmit')].reduce(nextActivity, start);
    const later = new Date(Date.parse(at) + stuckAfterMs);
    const evidence = { ...quiet, intent: 'running', outcome: null, pane: { kind: 'alive' }, runtime: 'x' } as const;
    assert.equal(judgeStatus({ ...evidence, activity, grewAt: later.toISOString() }, later).status, 'working');
  });

  it('is one of the known ones for any events that can be read, with a time, and never an error', () => {
    const names = [
      'SessionStart',
      'UserPromptSubmit',
      'PreToolUse',
      'PostToolUse',
      'PermissionRequest',
      'Stop',
      'StopFailure',
      'x',
    ];
    const fields = fc.dictionary(
      fc.constantFrom('tool_name', 'tool_input', 'error', 'resets_at', 'background_tasks', '__proto__'),
      fc.jsonValue(),
    );
    const event = fc
      .record({ hook_event_name: fc.constantFrom(...names) })
      .chain((name) => fields.map((more) => ({ ...more, ...name })));
    const time = fc.oneof(
      fc.constant(at),
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    const line = fc.record({ source: fc.constant('hook'), at: time, launchId: fc.string(), event });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const events = lines
          .map((each) => safeParse(agentEventSchema, each))
          .flatMap((each) => (each.success ? [each.output] : []));
        const activity = events.reduce(nextActivity, start);
        const evidence = {
          intent: 'running',
          intentAt: at,
          outcome: null,
          pane: { kind: 'alive' },
          runtime: 'x',
        } as const;
        const verdict = judgeStatus({ ...quiet, ...evidence, activity }, now);
        assert.ok(agentStatuses.includes(verdict.status));
        assert.ok(!Number.isNaN(Date.parse(verdict.since)), verdict.since);
        for (const each of events) assert.doesNotMatch(describeEvent(each).text, /\n/);
      }),
      { numRuns: 500 },
    );
  });
});
