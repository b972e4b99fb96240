import assert from 'node:assert/strict';
import { ageStep, untilNextStep } from '../../../runner/core/attention/ages.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('ages', () => {
  for (const [age, step, next] of [
    [0, 0, minute],
    [59_999, 0, 1],
    [minute, minute, minute],
    [9.5 * minute, 9 * minute, minute / 2],
    [10 * minute, 10 * minute, 10 * minute],
    [34 * minute, 30 * minute, 6 * minute],
    [59 * minute, 50 * minute, minute],
    [hour, hour, hour],
    [26.5 * hour, 26 * hour, hour / 2],
  ] as const) {
    it(`of ${age / minute} min read as ${step / minute} min for another ${next / minute} min`, () => {
      assert.deepEqual([ageStep(age), untilNextStep(age)], [step, next]);
    });
  }
});
