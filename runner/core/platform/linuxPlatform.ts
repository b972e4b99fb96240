import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ancestorsIn } from '../processes/ancestorsIn.ts';
import type { Platform, ProcessFacts } from './platform.ts';
import { type ProcStat, parseProcStat } from './procStat.ts';

/** Files of /proc open at the same time: far below the usual limit of 1024. */
const batchSize = 32;

/** Reads /proc and starts nothing. What vanishes or may not be read while it is looked at is left out. */
export class LinuxPlatform implements Platform {
  private bootId: Promise<string> | undefined;

  constructor(private readonly proc: string) {}

  async startTimeOf(pid: number): Promise<string | undefined> {
    const stat = await this.statOf(String(pid));
    return stat === undefined ? undefined : this.startTime(stat);
  }

  /** Reads the few files of the chain: all of /proc takes 10 ms, before every change that somebody asks for. */
  async ancestorsOf(pid: number): Promise<number[]> {
    const parents = new Map<number, number>();
    for (let child = pid; child > 1 && !parents.has(child); ) {
      const stat = await this.statOf(String(child));
      if (stat === undefined) break;
      parents.set(child, stat.parentPid);
      child = stat.parentPid;
    }
    return ancestorsIn(parents, pid);
  }

  async list(): Promise<ProcessFacts[]> {
    const stats = await inBatches(await this.pids(), (pid) => this.statOf(pid));
    const facts: ProcessFacts[] = [];
    for (const stat of stats) {
      if (stat === undefined) continue;
      const { pid, parentPid, sessionId, tty, command, state } = stat;
      facts.push({ pid, startTime: await this.startTime(stat), parentPid, sessionId, tty, command, state });
    }
    return facts;
  }

  async variableOf(pid: number, name: string): Promise<string | undefined> {
    const entry = (await this.environmentOf(String(pid))).find((text) => text.startsWith(`${name}=`));
    return entry?.slice(name.length + 1);
  }

  async pidsWithVariable(name: string, value: string): Promise<number[]> {
    const pids = await this.pids();
    const found = await inBatches(pids, async (pid) => (await this.environmentOf(pid)).includes(`${name}=${value}`));
    return pids.filter((_, index) => found[index]).map(Number);
  }

  private async pids(): Promise<string[]> {
    return (await readdir(this.proc)).filter((name) => /^\d+$/.test(name));
  }

  private async statOf(pid: string): Promise<ProcStat | undefined> {
    const text = await readOrNothing(path.join(this.proc, pid, 'stat'));
    const stat = parseProcStat(text);
    return stat === undefined || stat.state === 'Z' || stat.state === 'X' ? undefined : stat;
  }

  private async environmentOf(pid: string): Promise<string[]> {
    return (await readOrNothing(path.join(this.proc, pid, 'environ'))).split('\0');
  }

  /** Ticks count from the boot and pids begin anew with it: the boot is part of the identity. */
  private async startTime(stat: ProcStat): Promise<string> {
    this.bootId ??= readOrNothing(path.join(this.proc, 'sys/kernel/random/boot_id'));
    return `${(await this.bootId).slice(0, 8)}:${stat.startTicks}`;
  }
}

/** ENOENT, ESRCH and EACCES all mean the same here: nothing to learn about this process. */
async function readOrNothing(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += batchSize) {
    results.push(...(await Promise.all(items.slice(start, start + batchSize).map(work))));
  }
  return results;
}
