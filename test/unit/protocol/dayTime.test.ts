import assert from 'node:assert/strict';
import { dayTime } from '../../../runner/protocol/dayTime.ts';

/** A Sunday. */
const now = new Date(2026, 10, 22, 14, 30);

describe('a time as people say it', () => {
  const cases: [what: string, time: Date, expected: string][] = [
    ['today', new Date(2026, 10, 22, 0, 5), '00:05'],
    ['tomorrow', new Date(2026, 10, 23, 3, 10), 'Mon 03:10'],
    ['yesterday', new Date(2026, 10, 21, 23, 59), 'Sat 23:59'],
    ['in six days', new Date(2026, 10, 28, 23, 59), 'Sat 23:59'],
    ['in seven days', new Date(2026, 10, 29, 0, 0), '29 Nov 00:00'],
    ['seven days ago', new Date(2026, 10, 15, 23, 59), '15 Nov 23:59'],
    ['three weeks ago', new Date(2026, 10, 3, 9, 0), '3 Nov 09:00'],
  ];
  for (const [what, time, expected] of cases) {
    it(`is ${expected} ${what}`, () => assert.equal(dayTime(time.toISOString(), now), expected));
  }

  it('is not known of what is no time', () => assert.equal(dayTime('soon', now), '?'));
});
