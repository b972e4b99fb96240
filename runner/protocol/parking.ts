import type { Agent, Parking } from './models.ts';

/** Causes that end only when a person does something; a limit ends by itself. */
const personCauses: ReadonlySet<Parking['cause']> = new Set(['login', 'model']);

/** Whether a parked agent waits for a person. */
export function needsPerson({ parked }: Pick<Agent, 'parked'>): boolean {
  return parked !== null && personCauses.has(parked.cause);
}
