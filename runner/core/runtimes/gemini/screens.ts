import { parkedSign } from '../parkedSign.ts';
import type { TitleSign } from '../runtimeBehaviour.ts';
import { lastBox } from './lastBox.ts';

/**
 * The dialogs about limits and models that cannot be used: while one stands the title says "Working", no hook fires and
 * the transcript says nothing (0.61.0). A limit that ends within five minutes shows none: the tool waits silently.
 */
export function screenSign(screen: string, now: Date): (TitleSign & { until: string | null }) | undefined {
  const text = lastBox(screen)?.join('\n');
  if (text === undefined || !/^● \d\. (Keep trying|Switch to |Upgrade |Stop$)/m.test(text)) return undefined;
  if (/^(Usage limit reached|We are currently experiencing high demand)/m.test(text))
    return { ...parkedSign('limit'), until: resetTime(text, now) };
  if (/^(It seems like you don't have access to |Model ".+" was not found)/m.test(text))
    return { ...parkedSign('model'), until: null };
  return undefined;
}

/** `Access resets at 7:27 PM UTC.`: the next such time, if the zone's name is that of this process. */
function resetTime(text: string, now: Date): string | null {
  const match = /Access resets at (\d{1,2}):(\d{2})\s?([AP])M (\S+)\.$/m.exec(text);
  if (match === null || match[4] !== zoneName(now)) return null;
  const reset = new Date(now);
  reset.setHours((Number(match[1]) % 12) + (match[3] === 'P' ? 12 : 0), Number(match[2]), 0, 0);
  if (reset < now) reset.setDate(reset.getDate() + 1);
  return reset.toISOString();
}

function zoneName(now: Date): string | undefined {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value;
}
