const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The step of its age that a row shows, in milliseconds: less than a minute, minutes to ten, tens to an hour, hours. */
export function ageStep(ageMs: number): number {
  if (ageMs < minuteMs) return 0;
  return ageMs - (ageMs % stepLength(ageMs));
}

/** When the age reads differently next, in milliseconds from now. */
export function untilNextStep(ageMs: number): number {
  if (ageMs < minuteMs) return minuteMs - ageMs;
  return ageStep(ageMs) + stepLength(ageMs) - ageMs;
}

function stepLength(ageMs: number): number {
  if (ageMs < 10 * minuteMs) return minuteMs;
  return ageMs < hourMs ? 10 * minuteMs : hourMs;
}
