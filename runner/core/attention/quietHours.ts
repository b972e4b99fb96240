const rangePattern = /^([01]?\d|2[0-4]):([0-5]\d)\s*-\s*([01]?\d|2[0-4]):([0-5]\d)$/;
const minutesOfDay = 24 * 60;

/**
 * When the quiet hours end that `now` is in; undefined outside of them. `hours` are ranges of local time such as
 * `22:00-07:00`; over midnight where the end is before the start. What is no range counts for nothing.
 */
export function quietUntil(hours: readonly string[], now: Date): Date | undefined {
  const minute = now.getHours() * 60 + now.getMinutes();
  const ends = hours.flatMap((range) => {
    const { from, to } = parseRange(range) ?? { from: 0, to: 0 };
    const isInside = from < to ? minute >= from && minute < to : from > to && (minute >= from || minute < to);
    return isInside ? [atMinute(now, to > minute ? to : to + minutesOfDay)] : [];
  });
  return ends.sort((a, b) => b.getTime() - a.getTime())[0];
}

/** Minutes of the day. */
function parseRange(text: string): { from: number; to: number } | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = rangePattern.exec(text.trim()) ?? [];
  if (toMinute === undefined) return undefined;
  const [from, to] = [Number(fromHour) * 60 + Number(fromMinute), Number(toHour) * 60 + Number(toMinute)];
  return from > minutesOfDay || to > minutesOfDay ? undefined : { from, to };
}

/** By the calendar, so that it stays right over a change of the clocks. */
function atMinute(day: Date, minute: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minute);
}
