const minuteMs = 60_000;

/** How long ago, in steps that change rarely: `<1m`, `1m` to `9m`, tens of minutes, hours, and days from the second on. */
export function ageText(since: string, now: number): string {
  const minutes = minutesSince(since, now);
  if (minutes === undefined) return '?';
  if (minutes < 1) return '<1m';
  if (minutes < 10) return `${minutes}m`;
  if (minutes < 60) return `${Math.floor(minutes / 10) * 10}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}

/** The same for a screen reader: `less than a minute`, `4 minutes`, `1 hour`. */
export function spokenAge(since: string, now: number): string {
  const age = ageText(since, now);
  if (age === '<1m') return 'less than a minute';
  const [, count, unit] = /^(\d+)([mhd])$/.exec(age) ?? [];
  if (count === undefined || unit === undefined) return 'an unknown time';
  const word = { m: 'minute', h: 'hour', d: 'day' }[unit] ?? unit;
  return `${count} ${word}${count === '1' ? '' : 's'}`;
}

/** Whole minutes; undefined for what is no time. What lies in the future, by a clock that differs, is now. */
function minutesSince(since: string, now: number): number | undefined {
  const ms = now - Date.parse(since);
  return Number.isNaN(ms) ? undefined : Math.max(Math.floor(ms / minuteMs), 0);
}
