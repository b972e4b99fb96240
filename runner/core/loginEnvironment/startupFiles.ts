import { statSync } from 'node:fs';
import path from 'node:path';

/** What login shells read, from the home folder, and what they read for everybody. */
const ofTheUser = [
  ...['.profile', '.bash_profile', '.bash_login', '.bashrc'],
  ...['.zshenv', '.zprofile', '.zshrc', '.zlogin'],
  ...['.kshrc', '.mkshrc', '.cshrc', '.tcshrc', '.login'],
  '.config/fish/config.fish',
];
const ofEverybody = ['/etc/profile', '/etc/environment'];

/**
 * A text that changes when one of the files does. Only these are looked at, not what they read in their turn. 16 calls of
 * 2 to 5 µs each, directly: the pool of threads would take longer.
 */
export function startupFilesStamp(home: string): string {
  return [...ofTheUser.map((name) => path.join(home, name)), ...ofEverybody].map(stampOf).join(' ');
}

function stampOf(file: string): string {
  try {
    const facts = statSync(file, { bigint: true, throwIfNoEntry: false });
    return facts === undefined ? '-' : `${facts.size}:${facts.mtimeNs}`;
  } catch {
    // Not for us to read: then no shell of ours reads it either.
    return '-';
  }
}
