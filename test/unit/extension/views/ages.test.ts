import assert from 'node:assert/strict';
import { ageText, spokenAge } from '../../../../extension/src/views/ages.ts';

const now = Date.parse('2026-11-22T15:00:00.000Z');
const ago = (seconds: number): string => new Date(now - seconds * 1_000).toISOString();

describe('ages', () => {
  const table: [number, string, string][] = [
    [-30, '<1m', 'less than a minute'],
    [59, '<1m', 'less than a minute'],
    [60, '1m', '1 minute'],
    [9 * 60 + 59, '9m', '9 minutes'],
    [10 * 60, '10m', '10 minutes'],
    [34 * 60, '30m', '30 minutes'],
    [59 * 60, '50m', '50 minutes'],
    [60 * 60, '1h', '1 hour'],
    [47 * 3_600, '47h', '47 hours'],
    [48 * 3_600, '2d', '2 days'],
  ];
  for (const [seconds, short, long] of table) {
    it(`reads ${seconds} s as ${short}`, () => {
      assert.equal(ageText(ago(seconds), now), short);
      assert.equal(spokenAge(ago(seconds), now), long);
    });
  }

  it('says that it does not know where there is no time', () => {
    assert.deepEqual([ageText('soon', now), spokenAge('soon', now)], ['?', 'an unknown time']);
  });
});
