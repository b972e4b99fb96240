import assert from 'node:assert/strict';
import type { ProcessFacts } from '../../../runner/core/platform/platform.ts';
import { planTree, type TreeTarget } from '../../../runner/core/processes/planTree.ts';

/** init, an editor's daemon (300) in its terminal, our tmux (400) and the panes 500 and 600 in it. */
const machine: ProcessFacts[] = [
  facts(1, 0, 1),
  facts(200, 1, 200, 'pts/0'),
  facts(300, 200, 300),
  facts(400, 1, 400),
  facts(500, 400, 500, 'pts/5'),
  facts(501, 500, 500, 'pts/5'),
  facts(502, 501, 500, 'pts/5'),
  facts(600, 400, 600, 'pts/6'),
  facts(601, 600, 600, 'pts/6'),
];

describe('which processes belong to a launch', () => {
  const cases: { name: string; processes: ProcessFacts[]; target: Partial<TreeTarget>; expected: number[] }[] = [
    { name: 'the leader and its descendants, children first', processes: [], target: {}, expected: [502, 501, 500] },
    {
      name: 'a child that left its parent but not its session',
      processes: [facts(510, 1, 500)],
      target: {},
      expected: [502, 501, 500, 510],
    },
    {
      name: 'a process of the same terminal where sessions are unknown',
      processes: [facts(510, 1, 0, 'pts/5')],
      target: {},
      expected: [502, 501, 500, 510],
    },
    {
      name: 'a server with a session of its own that carries the mark, and its children',
      processes: [facts(520, 1, 520), facts(521, 520, 521)],
      target: { marked: [501, 520] },
      expected: [502, 501, 500, 521, 520],
    },
    {
      name: 'nothing of a leader whose pid is another process now',
      processes: [],
      target: { leader: { pid: 500, startTime: 'earlier' } },
      expected: [],
    },
    {
      name: 'the rest of a session whose leader was seen and has just ended',
      processes: [facts(710, 1, 700)],
      target: { leader: identity(700), sessionId: 700 },
      expected: [710],
    },
    {
      name: 'nothing of a session number that belongs to another leader by now',
      processes: [],
      target: { leader: { pid: 500, startTime: 'earlier' }, sessionId: 500 },
      expected: [],
    },
    {
      name: 'what was known before, when it is still the same process',
      processes: [facts(530, 1, 530), facts(531, 1, 531)],
      target: { leader: undefined, known: [identity(530), { pid: 531, startTime: 'earlier' }] },
      expected: [530],
    },
    {
      name: 'the marked ones alone when no leader is known',
      processes: [facts(520, 1, 520)],
      target: { leader: undefined, marked: [502, 520] },
      expected: [502, 520],
    },
    {
      name: 'never ourselves, those who started us, tmux, or init, even when marked',
      processes: [],
      target: { marked: [1, 200, 300, 400] },
      expected: [502, 501, 500],
    },
    {
      name: 'no process without a session for a leader without one',
      processes: [facts(540, 1, 0), facts(541, 1, 0)],
      target: { leader: identity(540) },
      expected: [540],
    },
    { name: 'nothing when there is nothing to go by', processes: [], target: { leader: undefined }, expected: [] },
  ];
  for (const { name, processes, target, expected } of cases) {
    it(name, () => {
      const whole = { leader: identity(500), sessionId: undefined, known: [], marked: [], ...target };
      const plan = planTree([...machine, ...processes], whole, 300);
      assert.deepEqual(
        plan.map((member) => member.pid),
        expected,
      );
    });
  }

  it('spares us and what we started when we run inside the tree that is to end', () => {
    const processes = [...machine, facts(700, 502, 700), facts(701, 700, 700)];
    const plan = planTree(processes, { leader: identity(500), sessionId: 500, known: [], marked: [] }, 700);
    assert.deepEqual(plan, []);
  });
});

function facts(pid: number, parentPid: number, sessionId: number, tty: string | null = null): ProcessFacts {
  return { ...identity(pid), parentPid, sessionId, tty, command: 'x', state: 'S' };
}

function identity(pid: number): { pid: number; startTime: string } {
  return { pid, startTime: `start of ${pid}` };
}
