import type { Time } from './models.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Local time as people say it: `16:00`; of another day `Tue 16:00`, of one that is a week away or more `3 Nov 16:00`. */
export function dayTime(time: Time, now: Date): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '?';
  const clock = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  const days = Math.abs(dayOf(date) - dayOf(now));
  if (days === 0) return clock;
  return days < 7 ? `${weekdays[date.getDay()]} ${clock}` : `${date.getDate()} ${months[date.getMonth()]} ${clock}`;
}

/** Counts the days of the calendar; those of the local time are not all 24 hours long. */
function dayOf(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (24 * 60 * 60_000);
}
