import { existsSync } from 'node:fs';
import path from 'node:path';

export interface Shell {
  name: string;
  /** Runs a script: its path is the next argument. */
  argv: readonly [command: string, ...args: string[]];
}

/** The POSIX shells of this machine that agents' scripts must work in: sh itself, dash, bash as sh, busybox. */
export function installedShells(): Shell[] {
  const shells: Shell[] = [{ name: 'sh', argv: ['sh'] }];
  if (isOnPath('dash')) shells.push({ name: 'dash', argv: ['dash'] });
  if (isOnPath('bash')) shells.push({ name: 'bash --posix', argv: ['bash', '--posix'] });
  if (isOnPath('busybox')) shells.push({ name: 'busybox sh', argv: ['busybox', 'sh'] });
  return shells;
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));
}
