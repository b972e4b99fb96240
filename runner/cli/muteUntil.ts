import type { Muting } from '../protocol/attention.ts';
import { usageError } from './usageError.ts';

const minuteMs = 60_000;
/** The hour of the next day at which notifications begin again; editors say the same. */
const morning = 8;

/**
 * Until when `15m`, `1h`, `tomorrow` or `always` pauses notifications.
 *
 * @throws UserError (usage) for anything else.
 */
export function muteUntil(text: string, now: Date): NonNullable<Muting['until']> {
  if (text === 'always') return text;
  if (text === 'tomorrow') {
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morning).toISOString();
  }
  const span = /^([1-9]\d{0,3})([mh])$/.exec(text);
  if (span !== null) {
    const minutes = Number(span[1]) * (span[2] === 'h' ? 60 : 1);
    return new Date(now.getTime() + minutes * minuteMs).toISOString();
  }
  throw usageError(
    `mute does not take ${JSON.stringify(text.slice(0, 40))}.`,
    'Say for how long: pan mute 15m, pan mute 1h, pan mute tomorrow, pan mute always',
  );
}
