import { readFileSync } from 'node:fs';
import { UserError } from '../protocol/errors.ts';
import { daemonPlaces } from '../protocol/places.ts';

/** Of a daemon that takes connections and answers nothing. Only its process id helps then: it takes no shutdown either. */
export function silentDaemon(home: string, timeoutMs: number): UserError {
  const pid = holderOf(daemonPlaces(home).lockFile);
  const end = pid === undefined ? '' : `, or end it: kill -9 ${pid}`;
  return new UserError({
    code: 'daemonSilent',
    message: `The runner does not answer within ${timeoutMs / 1000} s.`,
    hint: `Look at its log: pan daemon log${end}`,
  });
}

/** Undefined where the lock cannot be read. */
function holderOf(lockFile: string): number | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(lockFile, 'utf8'));
    const pid = typeof holder === 'object' && holder !== null && 'pid' in holder ? holder.pid : undefined;
    return typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    // It is gone meanwhile, or none of ours.
    return undefined;
  }
}
