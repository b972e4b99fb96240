import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What the system counts of one process from its start on. */
export interface ProcessFacts {
  /** Processor time, in milliseconds; Linux counts in steps of 10 ms. */
  cpuMs: number;
  /**
   * Changes whenever the process starts another one: the pids of its children, and the page faults of those that have
   * ended, of which even /bin/true has a hundred. Null where the system does not tell (macOS).
   */
  children: string | null;
}

/** CLK_TCK, which is 100 wherever Linux shows it to programs. */
const msPerTick = 10;

export function processFacts(pid: number): ProcessFacts {
  return process.platform === 'linux' ? factsFromProc(pid) : { cpuMs: cpuMsFromPs(pid), children: null };
}

/** What a process holds in memory, and what it has read from its start on (files, pipes). Linux only. */
export function processMemory(pid: number): { residentBytes: number; readBytes: number } {
  const number = (file: string, pattern: RegExp) =>
    Number(pattern.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1]);
  return {
    residentBytes: number('status', /^VmRSS:\s+(\d+) kB$/m) * 1024,
    readBytes: number('io', /^rchar: (\d+)$/m),
  };
}

function factsFromProc(pid: number): ProcessFacts {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // proc(5): the fields after the name, which may hold anything, from the third on.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  const faultsOfEnded = field(11) + field(13);
  const living = readdirSync(`/proc/${pid}/task`).map((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim(),
  );
  return { cpuMs: (field(14) + field(15)) * msPerTick, children: `${faultsOfEnded} ${living.join(' ').trim()}` };
}

/** `0:01.23` or `1:02:03`. */
function cpuMsFromPs(pid: number): number {
  const text = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0) * 1000;
}
