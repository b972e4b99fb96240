import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Clock, Log } from '../core/ports.ts';
import { redact } from '../core/text/redact.ts';
import { stripControls } from '../core/text/sanitize.ts';

/** A log of this size is set aside as `daemon.1.log` when a daemon starts. */
const rotateBytes = 5 * 1024 * 1024;

/** The one log: a line an entry, secrets redacted, errors with their stack and cause. */
export class FileLog implements Log {
  private readonly file: string;
  private readonly clock: Clock;

  constructor(file: string, clock: Clock) {
    this.file = file;
    this.clock = clock;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > rotateBytes) renameSync(file, file.replace(/log$/, '1.log'));
  }

  info(message: string): void {
    this.write('info', message);
  }

  warn(message: string): void {
    this.write('warn', message);
  }

  error(message: string, error?: unknown): void {
    this.write('error', error === undefined ? message : `${message}: ${describe(error)}`);
  }

  private write(level: string, message: string): void {
    const line = stripControls(redact(message), { keepLines: true }).replaceAll('\n', '\n    ');
    try {
      appendFileSync(this.file, `${this.clock.now().toISOString()} ${level} ${line}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not end the daemon; what it was about is told to whoever asked.
    }
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
