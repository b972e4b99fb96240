import { existsSync, readdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { patienceMs } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

/** What an extension host holds after its garbage was collected. */
export interface HostMemory {
  residentBytes: number;
  heapBytes: number;
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

export async function askProbe(folder: string, pid: number): Promise<HostMemory> {
  const said: unknown = JSON.parse(await text(net.connect(path.join(folder, String(pid)))));
  if (!isHostMemory(said)) throw new Error(`The probe says ${JSON.stringify(said)}.`);
  return said;
}

function isHostMemory(said: unknown): said is HostMemory {
  return (
    typeof said === 'object' &&
    said !== null &&
    'residentBytes' in said &&
    typeof said.residentBytes === 'number' &&
    'heapBytes' in said &&
    typeof said.heapBytes === 'number'
  );
}
