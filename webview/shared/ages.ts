const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `<1 min`, `4 min`, `2 h`, `5 d`: how long ago it was, rounded down; nothing is in the future. */
export function ageOf(time: string, now: number): string {
  const ageMs = Math.max(0, now - Date.parse(time));
  if (ageMs < minuteMs) return '<1 min';
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)} min`;
  if (ageMs < dayMs) return `${Math.floor(ageMs / hourMs)} h`;
  return `${Math.floor(ageMs / dayMs)} d`;
}

/** `14:02`, local time. */
export function clockTime(time: string): string {
  return twoDigits(time, ['getHours', 'getMinutes']);
}

/** `14:02:11`, local time. */
export function clockTimeWithSeconds(time: string): string {
  return twoDigits(time, ['getHours', 'getMinutes', 'getSeconds']);
}

function twoDigits(time: string, parts: readonly ('getHours' | 'getMinutes' | 'getSeconds')[]): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  return parts.map((part) => String(date[part]()).padStart(2, '0')).join(':');
}
