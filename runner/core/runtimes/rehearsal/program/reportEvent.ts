import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SpooledEvent {
  readonly agentId: string;
  /** Empty when whoever launched the tool gave none. */
  readonly launchId: string;
  /** What the runner believes it by; whoever launched the tool may have given none. */
  readonly token?: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly source: 'hook';
  readonly request?: { readonly id: string; readonly pid: number };
  /** What the tool's hook said, with the tool's own field names. */
  readonly event: Readonly<Record<string, unknown>>;
}

let lastEpochMs = 0;
let sequence = 0;

/**
 * Leaves one event in a spool folder: a file of mode 0600 named `<epoch ms, 15 digits>-<pid>-<sequence, 6 digits>.json`,
 * written under a name that starts with `.` and renamed, so that a reader sees whole files only, in order by name.
 * Never throws: an event that cannot be written is lost, because reporting must not break the tool that reports.
 */
export function reportEvent(spoolFolder: string, event: SpooledEvent): void {
  // Names stay in order even when the wall clock steps back.
  lastEpochMs = Math.max(lastEpochMs, Date.now());
  sequence += 1;
  const name = `${pad(lastEpochMs, 15)}-${process.pid}-${pad(sequence, 6)}.json`;
  const temporary = join(spoolFolder, `.${name}`);
  try {
    writeFileSync(temporary, JSON.stringify(event), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, join(spoolFolder, name));
  } catch {
    removeQuietly(temporary);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder is gone or read-only: nothing was left behind that could be removed.
  }
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
