import type { Agent } from './models.ts';

/** Reasons for which an agent is parked until a person does something; a limit ends by itself. */
const personReasons = ['logged out', 'its model is not available'];

/** Whether a parked agent waits for a person. */
export function needsPerson({ status, reason }: Pick<Agent, 'status' | 'reason'>): boolean {
  return status === 'parked' && personReasons.some((each) => reason.startsWith(each));
}

/** The local time of day, `19:03`, until which a parked agent says that it is; null where it does not know. */
export function parkedUntil({ status, reason }: Pick<Agent, 'status' | 'reason'>): string | null {
  return status === 'parked' ? (/ until (\d\d:\d\d)$/.exec(reason)?.[1] ?? null) : null;
}
