import { existsSync } from 'node:fs';
import type { Exec } from '../ports.ts';
import { LinuxPlatform } from './linuxPlatform.ts';
import type { Platform } from './platform.ts';
import { PsPlatform } from './psPlatform.ts';

/** Linux and WSL2 are read from /proc, without starting a process; macOS, and a Linux without /proc, by `ps`. */
export function createPlatform(name: NodeJS.Platform, exec: Exec): Platform {
  if (name === 'linux' && existsSync('/proc/self/stat')) return new LinuxPlatform('/proc');
  return new PsPlatform(exec, name === 'darwin' ? 'bsd' : 'procps');
}
