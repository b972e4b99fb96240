import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import type { Clock, Log } from '../ports.ts';
import { messageOf } from '../text/messageOf.ts';
import { oneLine } from '../text/sanitize.ts';
import { agentVariables } from './agentVariables.ts';
import type { AskLoginShell } from './askLoginShell.ts';
import { loginShellQuestion } from './loginShellQuestion.ts';
import { startupFilesStamp } from './startupFiles.ts';

export interface LoginEnvironmentDeps {
  /** The runner's own, scrubbed. */
  env: Readonly<Record<string, string>>;
  ask: AskLoginShell;
  clock: Clock;
  log: Log;
  config: { read(): Promise<Config> };
  /** The user's shell, absolute: SHELL, or what the system has noted for the user. */
  userShell: string;
  /** The user's home folder, absolute. */
  home: string;
  /** The Node that runs us. */
  node: string;
}

/** How long a shell may take with its startup files. */
const askTimeoutMs = 5_000;
/** How long a start waits for what changed startup files say, before it makes do with what they said before. */
const changedWaitMs = 1_000;
/** An older answer is still given, and a new one asked for. */
const maxAgeMs = 10 * 60_000;

/**
 * The variables that agents get: those of the user's login shell as it would start now, which is not what the runner was
 * started with days ago or by an editor.
 */
export class LoginEnvironment {
  private readonly deps: LoginEnvironmentDeps;
  private answer: Readonly<Record<string, string>> | undefined;
  private asked: { stamp: string; atMs: number } | undefined;
  private asking: Promise<void> | undefined;
  private warned = false;

  constructor(deps: LoginEnvironmentDeps) {
    this.deps = deps;
  }

  /** Asks the shell in the background, unless it is being asked or is not to be asked. */
  refreshSoon(): void {
    void this.isWanted().then((wanted) => {
      if (wanted) void this.refresh();
    });
  }

  /**
   * The whole environment for an agent, without what its terminal and the runner add. Answers at once from what is known.
   * Only the first call waits for the shell, 5 s at most, and one after a change of the startup files, 1 s at most.
   */
  async get(): Promise<Readonly<Record<string, string>>> {
    if (!(await this.isWanted())) return agentVariables(this.deps.env, undefined);
    const { clock, home } = this.deps;
    if (this.asked === undefined) await this.refresh();
    else if (this.asked.stamp !== startupFilesStamp(home)) await this.within(this.refresh(), changedWaitMs);
    else if (this.asking !== undefined && this.answer === undefined) await this.asking;
    else if (clock.monotonicMs() - this.asked.atMs > maxAgeMs) void this.refresh();
    return this.answer ?? agentVariables(this.deps.env, undefined);
  }

  /** A configuration that cannot be read is told to whoever starts an agent; here it changes nothing. */
  private async isWanted(): Promise<boolean> {
    try {
      return (await this.deps.config.read()).environment.loginShell;
    } catch {
      return true;
    }
  }

  /** Never rejects. Calls share one question; one that was asked before the files changed is followed by another. */
  private async refresh(): Promise<void> {
    const stamp = startupFilesStamp(this.deps.home);
    const running = this.asking;
    if (running !== undefined) {
      const isCurrent = this.asked?.stamp === stamp;
      await running;
      if (isCurrent || this.asking !== undefined || this.asked?.stamp === stamp) return this.asking;
    }
    this.asked = { stamp, atMs: this.deps.clock.monotonicMs() };
    this.asking = this.resolve().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async resolve(): Promise<void> {
    const { env, ask, home, log, userShell, node } = this.deps;
    const question = loginShellQuestion(userShell, node, randomBytes(16).toString('hex'));
    if (question === undefined) return this.warn(`${userShell} is not a shell that can be asked`);
    try {
      const found = await ask(question, { env, cwd: home, timeoutMs: askTimeoutMs });
      this.answer = agentVariables(env, found);
      if (this.warned) log.info(`${userShell} told its environment again`);
      this.warned = false;
    } catch (error) {
      this.warn(`${userShell} did not tell its environment: ${messageOf(error)}`);
    }
  }

  /** Once, until it works again. */
  private warn(reason: string): void {
    if (!this.warned) {
      const instead = this.answer === undefined ? 'that of the runner' : 'what it told last';
      this.deps.log.warn(`${oneLine(reason, 300)}; agents get ${instead}`);
    }
    this.warned = true;
  }

  private within(task: Promise<void>, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.deps.clock.after(ms, resolve);
      void task.then(() => {
        cancel();
        resolve();
      });
    });
  }
}
