import assert from 'node:assert/strict';
import { quietUntil } from '../../../runner/core/attention/quietHours.ts';

/** Local time, as the person means it. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);

describe('quiet hours', () => {
  const cases: [string, string[], Date, Date | undefined][] = [
    ['over midnight have begun in the evening', ['22:00-07:00'], at(22, 23), at(23, 7)],
    ['over midnight last until the morning', ['22:00-07:00'], at(23, 6, 59), at(23, 7)],
    ['end at their end', ['22:00-07:00'], at(23, 7), undefined],
    ['begin at their beginning', ['22:00-07:00'], at(22, 22), at(23, 7)],
    ['within a day', ['12:30 - 13:15'], at(22, 13), at(22, 13, 15)],
    ['of several end with the last', ['12:00-14:00', '13:00-15:00'], at(22, 13, 30), at(22, 15)],
    ['until midnight', ['20:00-24:00'], at(22, 21), at(23, 0)],
    ['that are none', [], at(22, 21), undefined],
    ['that are nonsense count for nothing', ['late', '25:00-26:00', '9-17', '24:30-25:00'], at(22, 12), undefined],
    ['of no length count for nothing', ['08:00-08:00'], at(22, 8), undefined],
  ];
  for (const [what, hours, now, end] of cases) {
    it(what, () => assert.deepEqual(quietUntil(hours, now), end));
  }
});
