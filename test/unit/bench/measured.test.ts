import assert from 'node:assert/strict';
import { measured, percentile } from '../../bench/editor/measured.ts';

describe('percentile', () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index);
  for (const [share, wanted] of [
    [0, 1],
    [0.5, 10],
    [0.95, 19],
    [0.951, 20],
    [1, 20],
  ] as const) {
    it(`of 1 to 20 is ${wanted} for ${share}`, () => {
      assert.equal(percentile(values, share), wanted);
    });
  }

  it('of nothing is not a number', () => {
    assert.equal(percentile([], 0.95), Number.NaN);
  });
});

describe('measured', () => {
  const facts = { what: 'a click', against: 'a request', detail: '' };
  for (const [value, limit, unit, valueText, limitText] of [
    [152.4, 200, 'kB', '152 kB', '200 kB'],
    [23.14, 30, '+MB', '+23.1 MB', '+30 MB'],
    [-3.2, 100, '+ms', '-3 ms', '+100 ms'],
    [261, 1_500, 'nodes', '261 nodes', '1500 nodes'],
  ] as const) {
    it(`says ${valueText} of at most ${limitText}`, () => {
      assert.deepEqual(measured({ ...facts, value, limit, unit }), { ...facts, value, limit, valueText, limitText });
    });
  }
});
