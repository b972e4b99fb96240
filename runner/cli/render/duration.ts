/** Short and right-aligned in tables: 12s, 4m, 3h, 2d. */
export function shortAge(since: string, now: Date): string {
  const seconds = Math.max(Math.floor((now.getTime() - Date.parse(since)) / 1000), 0);
  if (Number.isNaN(seconds)) return '?';
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** In sentences: 12 s, 4 min, 3 h, 2 days. */
export function longAge(since: string, now: Date): string {
  const short = shortAge(since, now);
  const units: Record<string, string> = { s: 's', m: 'min', h: 'h', d: short === '1d' ? 'day' : 'days' };
  return short.replace(/^(\d+)([smhd])$/, (_, count: string, unit: string) => `${count} ${units[unit]}`);
}

/** 30 ms, 0.2 s, 1.4 s, 12 s. */
export function seconds(durationMs: number): string {
  if (durationMs < 95) return `${Math.round(durationMs)} ms`;
  return `${durationMs < 9_950 ? (durationMs / 1000).toFixed(1) : Math.round(durationMs / 1000)} s`;
}

/** Local time of day, 14:31:00; with `minutes` 14:31. */
export function timeOfDay(time: string, precision: 'minutes' | 'seconds'): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return precision === 'minutes' ? '--:--' : '--:--:--';
  const parts = [date.getHours(), date.getMinutes(), ...(precision === 'seconds' ? [date.getSeconds()] : [])];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
