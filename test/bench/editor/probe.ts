import { existsSync, readdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { patienceMs } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

/** What the probe of a window knows. */
export interface ProbeAnswers {
  /** What the extension host holds after its garbage was collected. */
  memory: { residentBytes: number; heapBytes: number };
  /** How long the code of the extension kept its host busy, once it is active, in milliseconds. */
  activation: { loadMs: number; activateMs: number };
}

/** The process ids of the extension hosts whose probes listen there. */
export function probesIn(folder: string): number[] {
  return existsSync(folder) ? readdirSync(folder).map(Number) : [];
}

/** Waits for the probe of a window that opened just now. @returns the process id of its extension host */
export function newProbe(folder: string, known: readonly number[]): Promise<number> {
  return waitFor(() => probesIn(folder).find((pid) => !known.includes(pid)), {
    timeoutMs: patienceMs,
    what: 'the probe of the window',
  });
}

export async function askProbe<What extends keyof ProbeAnswers>(
  folder: string,
  pid: number,
  what: What,
): Promise<ProbeAnswers[What]> {
  const socket = net.connect(path.join(folder, String(pid)));
  socket.write(what);
  const said: unknown = JSON.parse(await text(socket));
  const parts = fields[what];
  const isAnswer = (value: unknown): value is ProbeAnswers[What] =>
    typeof value === 'object' && value !== null && parts.every((part) => typeof Reflect.get(value, part) === 'number');
  if (!isAnswer(said)) throw new Error(`The probe says ${JSON.stringify(said)}.`);
  return said;
}

const fields: { [What in keyof ProbeAnswers]: readonly (keyof ProbeAnswers[What] & string)[] } = {
  memory: ['residentBytes', 'heapBytes'],
  activation: ['loadMs', 'activateMs'],
};
