import assert from 'node:assert/strict';
import type { AgentStatus } from '../../../runner/protocol/enumerations.ts';
import { judgeSamples, percentile, type Sample, type TruthChange } from '../../bench/truth/timeline.ts';

describe('comparing what was shown with what was true', () => {
  const change = (atMs: number, ...right: AgentStatus[]): TruthChange => ({ atMs, right, what: right.join() });
  const shown = (...samples: [atMs: number, status: AgentStatus][]): Sample[] =>
    samples.map(([atMs, status]) => ({ atMs, status, reason: '' }));
  const judge = (changes: TruthChange[], samples: Sample[]) => {
    const { judged, wrong, lags } = judgeSamples(changes, samples);
    return { judged, wrong: wrong.map(({ sample }) => sample.atMs), lags: lags.map(({ ms }) => ms) };
  };

  it('takes the first right sample after a change for its lag, and judges a second after it', () => {
    const samples = shown([500, 'idle'], [1_100, 'idle'], [1_200, 'working'], [2_100, 'working']);
    assert.deepEqual(judge([change(0, 'idle'), change(1_000, 'working')], samples), {
      judged: 2,
      wrong: [],
      lags: [200],
    });
  });

  it('finds what is still wrong a second after a change, and how long it stayed so', () => {
    const changes = [change(0, 'idle'), change(1_000, 'working'), change(4_000, 'idle')];
    const samples = shown([1_500, 'idle'], [2_500, 'idle'], [3_000, 'idle'], [4_100, 'idle']);
    assert.deepEqual(judge(changes, samples), { judged: 2, wrong: [2_500, 3_000], lags: [2_000, 100] });
  });

  it('asks for nothing while it cannot be known which of several is right', () => {
    const changes = [change(0, 'idle'), change(1_000, 'idle', 'working'), change(1_300, 'working')];
    const samples = shown([1_100, 'idle'], [1_200, 'working'], [1_350, 'working']);
    assert.deepEqual(judge(changes, samples), { judged: 2, wrong: [], lags: [50] });
  });

  it('has no lag of what was over in the same moment', () => {
    const changes = [change(0, 'idle'), change(1_000, 'working'), change(1_000, 'waiting')];
    assert.deepEqual(judge(changes, shown([1_040, 'waiting'])), { judged: 0, wrong: [], lags: [40] });
  });

  it('goes on judging where what was right stays right', () => {
    const changes = [change(0, 'working'), change(100, 'working', 'idle')];
    assert.deepEqual(judge(changes, shown([200, 'waiting'])), { judged: 1, wrong: [200], lags: [] });
  });

  it('takes the nearest rank for a percentile', () => {
    assert.equal(percentile([3, 1, 2], 95), 3);
    assert.equal(
      percentile(
        Array.from({ length: 20 }, (_, index) => index + 1),
        95,
      ),
      19,
    );
  });
});
