import type { Platform, ProcessIdentity } from './platform.ts';

/** Whether this very process, and not a later one with the same pid, still runs. */
export async function isAlive(process: ProcessIdentity, platform: Pick<Platform, 'startTimeOf'>): Promise<boolean> {
  return (await platform.startTimeOf(process.pid)) === process.startTime;
}
