import assert from 'node:assert/strict';
import { runnerTrouble, type StatusFacts, statusText } from '../../../../extension/src/attention/statusText.ts';
import { asking, numbered } from '../../attention/models.ts';

const now = new Date('2026-11-22T14:32:00.000Z');
/** Local time, as the person reads it. */
const four = new Date(2026, 10, 22, 16, 0).toISOString();
const thursday = new Date(2026, 10, 26, 10, 0).toISOString();
const working = [1, 2, 3].map((number) => numbered(number));
const parked = [4, 5].map((number) => numbered(number, { status: 'parked', parked: { cause: 'limit', until: four } }));
const needs = [asking(6), asking(7)];
const usual = {
  runner: 'ready',
  failure: undefined,
  agents: [],
  needsYou: [],
  isMuted: false,
  escalateMinutes: 2,
  now,
} as const;

describe('the status bar', () => {
  const cases: [string, Partial<StatusFacts>, text: string, spoken: string, isWarning?: true][] = [
    ['is an eye without agents', {}, '$(eye)', 'no agent works'],
    ['counts who works', { agents: working }, '$(eye) 3 working', '3 agents working'],
    [
      'counts one that starts as well',
      { agents: [numbered(1, { status: 'starting' })] },
      '$(eye) 1 working',
      '1 agent working',
    ],
    [
      'counts who needs somebody, parked or not',
      { agents: [...working, ...parked, ...needs], needsYou: needs },
      '$(eye) 3 working, 2 need you',
      '3 agents working, 2 need you',
    ],
    ['counts one', { agents: needs, needsYou: needs.slice(1) }, '$(eye) 1 needs you', '1 needs you'],
    [
      'says when parked ones go on, where nobody works',
      { agents: [...parked, numbered(8, { status: 'idle' })] },
      '$(watch) 2 parked until 16:00',
      '2 parked until 16:00',
    ],
    [
      'names the day of a limit that lasts for days',
      { agents: [numbered(1, { status: 'parked', parked: { cause: 'limit', until: thursday } })] },
      '$(watch) 1 parked until Thu 10:00',
      '1 parked until Thu 10:00',
    ],
    [
      'says when the first goes on, where they go on at different times',
      { agents: [...parked, numbered(6, { status: 'parked', parked: { cause: 'limit', until: thursday } })] },
      '$(watch) 3 parked, the first until 16:00',
      '3 parked, the first until 16:00',
    ],
    [
      'says nothing of a time that nobody knows',
      { agents: [numbered(1, { status: 'parked', parked: { cause: 'limit', until: null } })] },
      '$(watch) 1 parked',
      '1 parked',
    ],
    [
      'shows that notifications are paused, and counts on',
      { agents: working, needsYou: needs, isMuted: true },
      '$(bell-slash) 3 working, 2 need you',
      '3 agents working, 2 need you, notifications paused',
    ],
    [
      'is coloured once somebody has waited for two minutes',
      { agents: needs, needsYou: needs, now: new Date('2026-11-22T14:33:00.000Z') },
      '$(eye) 2 need you',
      '2 need you',
      true,
    ],
    [
      'is never coloured where the person wants none',
      { agents: needs, needsYou: needs, now: new Date('2026-11-22T18:00:00.000Z'), escalateMinutes: 0 },
      '$(eye) 2 need you',
      '2 need you',
    ],
    ['spins while it connects', { runner: 'starting' }, '$(loading~spin) Panopticon', 'connecting to the runner'],
    [
      'is coloured when there is no runner',
      { runner: 'failed', agents: working },
      '$(debug-disconnect) No runner',
      'no runner answers, agents keep working',
      true,
    ],
    [
      'is not coloured when a person stopped it',
      { runner: 'down' },
      '$(debug-disconnect) Runner stopped',
      'the runner was stopped, agents keep working',
    ],
    [
      'says that a newer one runs',
      { runner: 'outdated' },
      '$(debug-disconnect) Panopticon is outdated',
      'a newer one runs on this machine',
    ],
    ['is an eye where nothing may start', { runner: 'untrusted' }, '$(eye)', 'not running in this window'],
  ];
  for (const [what, facts, text, spoken, isWarning = false] of cases) {
    it(what, () => {
      assert.deepEqual(statusText({ ...usual, ...facts }), { text, spoken: `Panopticon: ${spoken}`, isWarning });
    });
  }
});

describe('the tooltip of the status bar', () => {
  it('says why no runner answers', () => {
    const failure = 'Node 18 is too old.';
    const states = ['failed', 'outdated', 'down', 'ready', 'reconnecting', 'starting'] as const;
    assert.deepEqual(
      states.map((runner) => runnerTrouble({ runner, failure: runner === 'down' ? undefined : failure })),
      [
        'Node 18 is too old.',
        'Node 18 is too old.',
        'The runner was stopped. Your agents keep working.',
        undefined,
        undefined,
        undefined,
      ],
    );
    assert.equal(runnerTrouble({ runner: 'failed', failure: undefined }), 'The runner did not start.');
  });
});
