import { ExecFailure } from '../exec.ts';
import type { Exec } from '../ports.ts';
import { ancestorsIn } from '../processes/ancestorsIn.ts';
import type { Platform, ProcessFacts } from './platform.ts';
import {
  parsePsList,
  parsePsStart,
  parsePsVariable,
  psEnvironmentColumns,
  psListColumns,
  psStartColumns,
  variableInPs,
} from './psOutput.ts';

/**
 * Start times are printed in local time and with local names of days: without a fixed zone a laptop that travels would
 * take every process for another one.
 */
const psEnvironment = { LC_ALL: 'C', TZ: 'UTC' };
const psTimeoutMs = 10_000;

/**
 * Asks `ps`. `bsd` is macOS, where -E adds the environment (of our own processes, not of the system's own programs);
 * procps spells it `e`. Start times have a resolution of one second.
 */
export class PsPlatform implements Platform {
  constructor(
    private readonly exec: Exec,
    private readonly flavour: 'bsd' | 'procps',
  ) {}

  async startTimeOf(pid: number): Promise<string | undefined> {
    return parsePsStart(await this.ps([...psStartColumns, '-p', String(pid)]));
  }

  async ancestorsOf(pid: number): Promise<number[]> {
    return ancestorsIn(new Map((await this.list()).map((facts) => [facts.pid, facts.parentPid])), pid);
  }

  async list(): Promise<ProcessFacts[]> {
    return parsePsList(await this.ps(['-ax', ...psListColumns]), this.flavour);
  }

  async variableOf(pid: number, name: string): Promise<string | undefined> {
    const flags = this.flavour === 'bsd' ? ['-Eww'] : ['eww'];
    return variableInPs(await this.ps([...flags, '-o', 'command=', '-p', String(pid)]), name);
  }

  async pidsWithVariable(name: string, value: string): Promise<number[]> {
    const flags = this.flavour === 'bsd' ? ['-axEww'] : ['axeww'];
    return parsePsVariable(await this.ps([...flags, ...psEnvironmentColumns]), name, value);
  }

  /** ps exits with 1 and says nothing when no process matches. */
  private async ps(args: readonly string[]): Promise<string> {
    try {
      return (await this.exec('ps', args, { timeoutMs: psTimeoutMs, env: psEnvironment })).stdout;
    } catch (error) {
      if (error instanceof ExecFailure && error.reason === 'exit' && error.stderr.trim() === '') return error.stdout;
      throw error;
    }
  }
}
