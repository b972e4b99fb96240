import { usageError } from './usageError.ts';

const hourMs = 60 * 60_000;

/**
 * The time that `today`, `12h`, `7d` or `2026-11-01` means. A date begins at midnight here; `1d` is 24 hours ago.
 *
 * @throws UserError (usage) for anything else.
 */
export function parseSince(text: string, now: Date): Date {
  if (text === 'today') return new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const age = /^(\d{1,5})([hd])$/.exec(text);
  if (age !== null) return new Date(now.getTime() - Number(age[1]) * (age[2] === 'd' ? 24 : 1) * hourMs);
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (day !== null) {
    const [year, month, date] = day.slice(1).map(Number);
    const midnight = new Date(year ?? 0, (month ?? 0) - 1, date ?? 0);
    if (midnight.getMonth() + 1 === month) return midnight;
  }
  throw usageError(
    `--since does not take ${JSON.stringify(text.slice(0, 40))}.`,
    'Give a day or an age: --since today, --since 7d, --since 2026-11-01',
  );
}
