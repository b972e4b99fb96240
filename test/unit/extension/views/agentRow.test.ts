import assert from 'node:assert/strict';
import { agentRow } from '../../../../extension/src/views/agentRow.ts';
import type { Agent, AgentAsk } from '../../../../runner/protocol/models.ts';
import { anAgent } from '../../cli/models.ts';

const now = Date.parse('2026-11-22T15:00:00.000Z');
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
const clock = (time: string): string => new Date(time).toTimeString().slice(0, 5);

function ask(changes: Partial<AgentAsk>): AgentAsk {
  const answers: AgentAsk['answers'] = ['allow', 'deny'];
  const base = { requestId: 'r1', kind: 'permission' as const, oneLine: 'npm test', brief: true, options: [] };
  return { ...base, answers, since: ago(4), ...changes };
}

const context = { now, isNeedy: false, waitForLogin: 0, isHere: true, isSeen: false };
const row = (agent: Partial<Agent>, changes: Partial<typeof context> = {}) => {
  const made = agentRow(anAgent({ since: ago(4), pid: null, ...agent }), { ...context, ...changes });
  return [made.label, made.description, made.icon, made.contextValue];
};
const needy = { isNeedy: true };
const attention = { color: 'list.warningForeground' };
const waiting = (asked: Partial<AgentAsk>): Partial<Agent> => ({ status: 'waiting', ask: ask(asked), since: ago(9) });

describe('the row of an agent', () => {
  const table: [string, Partial<Agent>, Partial<typeof context>, unknown[]][] = [
    [
      'that asks to run a short command',
      waiting({}),
      needy,
      [
        'MIN-142 Allow npm test?',
        '4m · Rate-limit login · claude',
        { id: 'shield', ...attention },
        'agent.waiting.permission+brief+workspace',
      ],
    ],
    [
      'that asks to change a file',
      waiting({ oneLine: 'Edit src/auth/limit.ts', brief: false }),
      needy,
      [
        'MIN-142 Edit limit.ts?',
        '4m · Rate-limit login · claude',
        { id: 'shield', ...attention },
        'agent.waiting.permission+workspace',
      ],
    ],
    [
      'whose short command only looks like a change of a file',
      waiting({ oneLine: 'Edit a/b', brief: true, answers: ['deny'] }),
      needy,
      [
        'MIN-142 Allow Edit a/b?',
        '4m · Rate-limit login · claude',
        { id: 'shield', ...attention },
        'agent.waiting.permission+workspace',
      ],
    ],
    [
      'that asks a question',
      waiting({ kind: 'question', oneLine: 'Keep the BOM?', brief: false, answers: ['text'] }),
      needy,
      [
        'MIN-142 Keep the BOM?',
        '4m · Rate-limit login · claude',
        { id: 'question', ...attention },
        'agent.waiting.question+workspace',
      ],
    ],
    [
      'that has a plan',
      waiting({ kind: 'plan', oneLine: 'plan: Limit by account', brief: false }),
      needy,
      [
        'MIN-142 Review plan',
        '4m · Rate-limit login · claude',
        { id: 'checklist', ...attention },
        'agent.waiting.plan+workspace',
      ],
    ],
    [
      'that waits for something only its terminal knows',
      { status: 'waiting', reason: 'a dialog' },
      needy,
      [
        'MIN-142 Waits in its terminal',
        '4m · Rate-limit login · claude',
        { id: 'question', ...attention },
        'agent.waiting.other+workspace',
      ],
    ],
    [
      'that is logged out',
      { status: 'parked', parked: { cause: 'login', until: null }, reason: 'logged out' },
      { isNeedy: true, waitForLogin: 3 },
      ['Log in to claude', '3 agents parked', { id: 'key', ...attention }, 'agent.parked.auth+workspace'],
    ],
    [
      'that is logged out, like one that is listed already',
      { status: 'parked', parked: { cause: 'login', until: null }, reason: 'logged out' },
      {},
      ['MIN-142 Rate-limit login', 'logged out', { id: 'key', ...attention }, 'agent.parked.auth+workspace'],
    ],
    [
      'whose model is not available',
      { status: 'parked', parked: { cause: 'model', until: null } },
      needy,
      [
        'MIN-142 Choose another model',
        'Rate-limit login · claude',
        { id: 'warning', ...attention },
        'agent.parked.model+workspace',
      ],
    ],
    [
      'that looks stuck',
      { status: 'stuck', since: ago(34), sessionId: 's', pid: 1 },
      needy,
      [
        'MIN-142 Stuck 30m',
        'Rate-limit login · claude',
        { id: 'warning', ...attention },
        'agent.stuck+live+session+workspace',
      ],
    ],
    [
      'that crashed',
      { status: 'crashed', sessionId: 's' },
      needy,
      [
        'MIN-142 Crashed',
        'Rate-limit login · claude',
        { id: 'error', color: 'list.errorForeground' },
        'agent.crashed+session+workspace',
      ],
    ],
    [
      'whose state cannot be read',
      { status: 'unreadable', title: '', runtime: '', workspace: '', reason: 'line 1: unexpected end' },
      needy,
      [
        'MIN-142 Unreadable state',
        'line 1: unexpected end',
        { id: 'error', color: 'list.errorForeground' },
        'agent.unreadable',
      ],
    ],
    [
      'that starts',
      { status: 'starting', reason: 'starting claude' },
      {},
      ['MIN-142 Rate-limit login', 'starting claude', { id: 'loading~spin' }, 'agent.starting+workspace'],
    ],
    [
      'that works',
      { status: 'working', reason: 'Bash npm test', since: ago(2) },
      {},
      ['MIN-142 Rate-limit login', 'npm test · 2m', { id: 'pulse', color: 'charts.blue' }, 'agent.working+workspace'],
    ],
    [
      'that works on a file of its workspace',
      { status: 'working', reason: 'Read /home/ada/myn/workspaces/feature-min-142/src/a.ts', since: ago(0) },
      {},
      [
        'MIN-142 Rate-limit login',
        'Read src/a.ts · <1m',
        { id: 'pulse', color: 'charts.blue' },
        'agent.working+workspace',
      ],
    ],
    [
      'that met a usage limit',
      { status: 'parked', parked: { cause: 'limit', until: ago(-60) }, reason: 'usage limit until 16:00' },
      {},
      [
        'MIN-142 Rate-limit login',
        `until ${clock(ago(-60))} · usage limit`,
        { id: 'watch', color: 'charts.purple' },
        'agent.parked.limit+workspace',
      ],
    ],
    [
      'that is idle',
      { status: 'idle', since: ago(22), reason: 'turn ended' },
      {},
      [
        'MIN-142 Rate-limit login',
        '20m · hook empty',
        { id: 'circle-outline', color: 'descriptionForeground' },
        'agent.idle+workspace',
      ],
    ],
    [
      'that is idle with work on its hook',
      { status: 'idle', since: ago(60), reason: 'turn failed: overloaded', hookItems: 2 },
      {},
      [
        'MIN-142 Rate-limit login',
        '1h · 2 on its hook · turn failed: overloaded',
        { id: 'circle-outline', color: 'descriptionForeground' },
        'agent.idle+workspace',
      ],
    ],
    [
      'that is done',
      { status: 'done', reason: '2 commits on feature/min-142' },
      {},
      [
        'MIN-142 Rate-limit login',
        '2 commits on feature/min-142 · 4m',
        { id: 'pass-filled', color: 'charts.green' },
        'agent.done+workspace+unseen',
      ],
    ],
    [
      'that is done and was seen',
      { status: 'done', reason: 'marked done' },
      { isSeen: true },
      ['MIN-142 Rate-limit login', 'marked done · 4m', { id: 'pass', color: 'charts.green' }, 'agent.done+workspace'],
    ],
    [
      'that was stopped',
      { status: 'stopped', reason: 'stopped by you', since: ago(180), sessionId: 's' },
      {},
      [
        'MIN-142 Rate-limit login',
        'stopped by you · 3h',
        { id: 'stop-circle', color: 'descriptionForeground' },
        'agent.stopped+session+workspace',
      ],
    ],
    [
      'of which nothing is known',
      { status: 'unknown', reason: 'tmux could not be asked: timeout' },
      {},
      [
        'MIN-142 Rate-limit login',
        'tmux could not be asked: timeout',
        { id: 'eye-closed', color: 'descriptionForeground' },
        'agent.unknown+workspace',
      ],
    ],
    [
      'of another project, that may do everything',
      { status: 'working', reason: 'Bash npm test', mode: 'bypass', project: 'househunt' },
      { isHere: false },
      [
        'MIN-142 Rate-limit login',
        'bypass · househunt · npm test · 4m',
        { id: 'pulse', color: 'charts.blue' },
        'agent.working+workspace',
      ],
    ],
    [
      'that only rehearses',
      { ...waiting({}), runtime: 'rehearsal' },
      needy,
      [
        'MIN-142 Allow npm test?',
        'rehearsal · 4m · Rate-limit login',
        { id: 'shield', ...attention },
        'agent.waiting.permission+brief+workspace',
      ],
    ],
  ];
  for (const [what, agent, changes, expected] of table) {
    it(`${what}: ${expected[0]}, ${expected[1]}`, () => assert.deepEqual(row(agent, changes), expected));
  }

  it('shows what agents wrote without hiding or turning anything', () => {
    const [label, description] = row(
      { ...waiting({ oneLine: 'rm -rf\u202e /\nls $(x)' }), title: 'a\u200bb\u0007', runtime: 'claude' },
      needy,
    );
    assert.equal(label, 'MIN-142 Allow rm -rf\\u202e / ⏎ ls $(x)?');
    assert.equal(description, '4m · a\\u200bb\\u0007 · claude');
  });

  it('cuts what is asked only where it cannot be allowed at a glance', () => {
    const long = 'x'.repeat(400);
    assert.equal(row(waiting({ oneLine: long, brief: false }), needy)[0], `MIN-142 Allow ${'x'.repeat(59)}…?`);
    const brief = 'y'.repeat(40);
    assert.equal(row(waiting({ oneLine: brief }), needy)[0], `MIN-142 Allow ${brief}?`);
  });

  it('has no Allow beside a command that is wider than the side bar', () => {
    const flagged = (oneLine: string) => /\+brief/.test(String(row(waiting({ oneLine }), needy)[3]));
    assert.deepEqual([flagged(': 123456;rm'), flagged(': 一一一一一一;rm')], [true, false]);
  });

  const spoken: [string, Partial<Agent>, Partial<typeof context>, string][] = [
    [
      'what it needs',
      waiting({}),
      needy,
      'MIN-142, needs you: allow: npm test, waiting 4 minutes, Rate-limit login, claude',
    ],
    [
      'that it is stuck',
      { status: 'stuck' },
      needy,
      'MIN-142, needs you: stuck, for 4 minutes, Rate-limit login, claude',
    ],
    [
      'that somebody has to log in',
      { status: 'parked', parked: { cause: 'login', until: null } },
      { isNeedy: true, waitForLogin: 1 },
      'needs you: log in to claude, 1 agent parked',
    ],
    [
      'what it does',
      { reason: 'Bash npm test', since: ago(1), mode: 'bypass' },
      {},
      'MIN-142, working: npm test, 1 minute, Rate-limit login, claude, may do everything',
    ],
    ['that it is idle', { status: 'idle' }, {}, 'MIN-142, idle, hook empty, 4 minutes, Rate-limit login, claude'],
    [
      'why it stopped and where',
      { status: 'stopped', reason: 'stopped by you', project: 'househunt' },
      { isHere: false },
      'MIN-142, stopped: stopped by you, 4 minutes, Rate-limit login, claude, project househunt',
    ],
  ];
  for (const [what, agent, changes, expected] of spoken) {
    it(`says ${what}`, () => {
      assert.equal(agentRow(anAgent({ since: ago(4), ...agent }), { ...context, ...changes }).spoken, expected);
    });
  }
});
