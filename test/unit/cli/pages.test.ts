import assert from 'node:assert/strict';
import { doctorPage } from '../../../runner/cli/render/doctorPage.ts';
import { explanationPage } from '../../../runner/cli/render/explanationPage.ts';
import { statusPage } from '../../../runner/cli/render/statusPage.ts';
import type { DoctorReport, Explanation } from '../../../runner/protocol/models.ts';
import { anAsk } from '../attention/models.ts';
import { daemonStatus } from './fakeRunner.ts';
import { lookFor } from './lookFor.ts';
import { anAgent } from './models.ts';

const overview = {
  daemon: daemonStatus,
  agents: [],
  projects: 1,
  workspaces: { total: 0, needRepair: [] },
  usage: null,
};

/** On the day of the overview, or later. */
function localTime(hours: number, minutes: number): string {
  return new Date(2026, 10, 22, hours, minutes).toISOString();
}

describe('pan status', () => {
  it('says who needs somebody, what runs, and what to type next', async () => {
    const agents = [
      anAgent({ status: 'waiting', reason: 'allow: npm test', ask: anAsk() }),
      anAgent({ issueId: 'MIN-9', status: 'stuck', reason: '30 min without a sign of life' }),
      anAgent({ issueId: 'MIN-10' }),
      anAgent({ issueId: 'MIN-11' }),
      anAgent({ issueId: 'MIN-12', status: 'done' }),
    ];
    const facts = { ...overview, agents, workspaces: { total: 5, needRepair: ['MIN-118'] } };
    assert.equal(
      statusPage(facts, await lookFor(facts)),
      [
        'Panopticon 0.1.0, runner up 3 h',
        '',
        '◆ 2 need you   MIN-142  Rate-limit lo…  allow: npm test                       4m',
        '▲              MIN-9    Rate-limit lo…  stuck: 30 min without a sign of life  4m',
        '● 2 working   ✓ 1 done',
        '  workspaces   5, 1 needs repair: MIN-118',
        '',
        'Answer the first: pan work requests MIN-142',
      ].join('\n'),
    );
  });

  it('counts who is parked until a person does something among those who need one, and says when a limit ends', async () => {
    const agents = [
      anAgent({ status: 'parked', reason: 'logged out', parked: { cause: 'login', until: null } }),
      anAgent({ issueId: 'MIN-9', status: 'parked', parked: { cause: 'limit', until: localTime(27, 10) } }),
      anAgent({ issueId: 'MIN-10', status: 'parked', parked: { cause: 'limit', until: localTime(19, 3) } }),
      anAgent({ issueId: 'MIN-11', status: 'parked', parked: { cause: 'limit', until: null } }),
    ];
    const look = { ...(await lookFor(agents)), now: new Date(2026, 10, 22, 18, 30) };
    const page = statusPage({ ...overview, agents }, look);
    assert.match(page, /^◷ 1 needs you {2}MIN-142 .* parked: logged out/m);
    assert.match(page, /^◷ 3 parked, one until 19:03$/m);
    assert.match(page, /Look at the first: pan work why MIN-142/);
    assert.match(statusPage({ ...overview, agents: agents.slice(1, 2) }, look), /^◷ 1 parked until Mon 03:10$/m);
  });

  it('leads to the terminal of who waits there', async () => {
    const agents = [anAgent({ status: 'waiting', reason: 'asks in its terminal: review hooks', ask: null })];
    const page = statusPage({ ...overview, agents }, await lookFor(agents));
    assert.match(page, /^Attach to the first: pan work attach MIN-142$/m);
  });

  it('marks every row, and leaves the titles out where the reasons need the room', async () => {
    const reason = 'allow: npm test -- --runInBand --verbose auth/login';
    const agents = [anAgent({ status: 'waiting', reason }), anAgent({ issueId: 'MIN-200', status: 'waiting' })];
    const lines = statusPage({ ...overview, agents }, await lookFor(agents)).split('\n');
    assert.deepEqual(lines.slice(2, 4), [
      `◆ 2 need you   MIN-142  ${reason}   4m`,
      '◆              MIN-200  reading 14 files                                      4m',
    ]);
    const piped = statusPage({ ...overview, agents }, await lookFor(agents, { width: Number.POSITIVE_INFINITY }));
    assert.match(piped, /MIN-200 {2}Rate-limit login {2}reading 14 files/);
  });

  it('says what was used today, once something was', async () => {
    const look = await lookFor(overview);
    const line = (tokens: number, dollars: number | null) =>
      /^ {2}tokens.*$/m.exec(statusPage({ ...overview, usage: { tokens, dollars } }, look))?.[0];
    assert.equal(line(2_104_000, 11.4), '  tokens       2.1M today ($11.40)');
    assert.equal(line(54_321, null), '  tokens       54k today (?)');
    assert.equal(line(0, 0), undefined);
  });

  it('says which agents may do everything', async () => {
    const bypassing = { mode: 'bypass', issueId: 'MIN-200' } as const;
    const reason = 'which of the two, and a long question that is cut off somewhere';
    const agents = [
      anAgent({ ...bypassing, status: 'waiting', reason }),
      anAgent({ ...bypassing, status: 'crashed', reason: 'exit 1' }),
      anAgent(bypassing),
      anAgent(),
    ];
    const lines = statusPage({ ...overview, agents }, await lookFor(agents)).split('\n');
    assert.match(lines[2] ?? '', /MIN-200 .*bypass, which of the two/);
    assert.match(lines[3] ?? '', /MIN-200 .*bypass, crashed: exit 1/);
    assert.equal(lines[4], '● 2 working (1 bypass)');
  });

  it('names the next step of a newcomer', async () => {
    const look = await lookFor(overview);
    assert.match(
      statusPage({ ...overview, projects: 0 }, look),
      /\n {2}no agents\n.*\n\nRegister .*: pan project add/s,
    );
    assert.match(statusPage(overview, look), /Start an agent: pan issue list/);
  });

  it('stays a glance when many need somebody', async () => {
    const agents = Array.from({ length: 20 }, (_, index) => anAgent({ issueId: `MIN-${index}`, status: 'waiting' }));
    assert.match(statusPage({ ...overview, agents }, await lookFor(agents)), /and 12 more: pan work status/);
  });
});

describe('pan work why', () => {
  it('shows the evidence newest first, and what to do', async () => {
    const explanation: Explanation = {
      agent: anAgent({ status: 'stuck', runtime: 'gemini', model: '2.5-pro' }),
      evidence: [
        { at: '2026-11-22T14:31:00.000Z', source: 'verdict', text: 'stuck: 30 min without a sign\n(3 recoveries)' },
        { at: '2026-11-22T14:01:12.000Z', source: 'hook', text: 'BeforeTool \u001b[31m"npm run e2e"' },
      ],
      ruledOut: ['asleep', 'usage limit'],
      next: 'pan work resume MIN-142',
    };
    const since = time('2026-11-22T14:31:00.000Z');
    assert.equal(
      explanationPage(explanation, await lookFor(explanation)),
      [
        `▲ MIN-142 Rate-limit login is stuck since ${since.slice(0, 5)} (gemini 2.5-pro)`,
        `${since} verdict    stuck: 30 min without a sign`,
        '                    (3 recoveries)',
        `${time('2026-11-22T14:01:12.000Z')} hook       BeforeTool "npm run e2e"`,
        'ruled out: asleep, usage limit',
        'next: pan work resume MIN-142',
      ].join('\n'),
    );
  });
});

describe('pan work why on a wide terminal', () => {
  it('shows how old each line is, and at the right edge where it can be looked up', async () => {
    const explanation: Explanation = {
      agent: anAgent({ status: 'working' }),
      evidence: [{ at: '2026-11-22T14:01:12.000Z', source: 'hook', text: 'Stop', from: 'events.jsonl' }],
      ruledOut: [],
      next: null,
    };
    const line = explanationPage(explanation, { ...(await lookFor(explanation)), width: 110 }).split('\n')[1] ?? '';
    assert.match(line, /^\S+ +\d+[smhd] hook +Stop +events\.jsonl$/);
    assert.equal(line.length, 110);
  });
});

describe('pan doctor', () => {
  const report: DoctorReport = {
    ok: false,
    checks: [
      { name: 'git', status: 'ok', version: '2.47.1', why: 'worktrees (2.38 or newer)', fix: null },
      { name: 'codex', status: 'warning', version: '0.169.0', why: 'not logged in', fix: 'codex login' },
      { name: 'tmux', status: 'missing', version: null, why: 'keeps agents alive', fix: 'sudo apt install tmux' },
      { name: 'gemini', status: 'optional', version: null, why: 'optional', fix: null },
    ],
  };

  it('puts the fix under what is wrong at 80 columns', async () => {
    assert.equal(
      doctorPage(report, await lookFor(report)),
      [
        '✓ git    2.47.1     worktrees (2.38 or newer)',
        '! codex  0.169.0    not logged in',
        '                    fix: codex login',
        '✗ tmux   not found  keeps agents alive',
        '                    fix: sudo apt install tmux',
        '- gemini not found  optional',
        '1 problem, 1 warning.',
      ].join('\n'),
    );
  });

  it('puts the fix beside it at 120 columns', async () => {
    assert.match(
      doctorPage(report, await lookFor(report, { width: 120 })),
      /^✗ tmux {3}not found {2}keeps agents alive {37}fix: sudo apt install tmux$/m,
    );
  });
});

/** The local time of day, as the reader's clock shows it. */
function time(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { hour12: false });
}
