import type { Muting } from '../../../../runner/protocol/attention.ts';

export interface MuteChoice {
  label: string;
  until: NonNullable<Muting['until']>;
}

/** The hour of the next day at which notifications begin again. */
const morning = 8;

/** For how long notifications can be paused. */
export function muteChoices(now: Date): MuteChoice[] {
  const inMinutes = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morning);
  return [
    { label: '15 Minutes', until: inMinutes(15) },
    { label: '1 Hour', until: inMinutes(60) },
    { label: `Until Tomorrow, ${String(morning).padStart(2, '0')}:00`, until: tomorrow.toISOString() },
    { label: 'Until I Resume', until: 'always' },
  ];
}
