import type { Clock } from '../ports.ts';
import { retryWhileLocked } from './retryWhileLocked.ts';
import { type GitCall, runGit, runGitBytes } from './runGit.ts';

/**
 * Where git works. With `gitDir` exactly that repository is asked, with `cwd` as its files: without it git walks up from
 * a folder whose `.git` is gone and answers for whatever repository is above.
 */
export interface GitPlace {
  cwd: string;
  gitDir?: string | undefined;
}

export interface GitOptions {
  /** Added to the environment. */
  env?: Readonly<Record<string, string>> | undefined;
  timeoutMs?: number | undefined;
  /** False for a command that leaves something behind when it fails half way. */
  retry?: boolean | undefined;
}

const readTimeoutMs = 30_000;
const writeTimeoutMs = 120_000;

/** Variables that make git start an editor or a pager, which the runner never wants (and simple-git refuses). */
const unwanted =
  /^(GIT_(EDITOR|PAGER|SEQUENCE_EDITOR|EXTERNAL_DIFF|PROXY_COMMAND|TRACE.*)|EDITOR|VISUAL|PAGER|PREFIX)$/;

/** The door to git: a vector, a bound, no prompts, English messages, no hooks. */
export class Git {
  private readonly env: Readonly<Record<string, string>>;
  private readonly clock: Clock;
  private readonly random: () => number;

  /** `env`: the scrubbed environment. */
  constructor(deps: { env: Readonly<Record<string, string>>; clock: Clock; random?: (() => number) | undefined }) {
    const wanted = Object.entries(deps.env).filter(([name]) => !unwanted.test(name));
    this.env = { ...Object.fromEntries(wanted), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
    this.clock = deps.clock;
    this.random = deps.random ?? Math.random;
  }

  /** Asks git something. Takes no locks, so it never disturbs a git command of somebody else. @throws GitFailure */
  async read(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<string> {
    return runGit(this.reading(place, args, options));
  }

  /** The same, for output that need not be text. */
  async readBytes(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
    return runGitBytes(this.reading(place, args, options));
  }

  /** Lets git change something; waits a few seconds for lock files of others. @throws GitFailure */
  async write(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<string> {
    const call = {
      cwd: place.cwd,
      args: [...placeArgs(place), ...args],
      env: { ...this.env, ...options.env },
      timeoutMs: options.timeoutMs ?? writeTimeoutMs,
    };
    return options.retry === false ? runGit(call) : this.retried(() => runGit(call));
  }

  /** Repeats a task of several commands, which cleans up after itself, while another git command holds a lock file. */
  async retried<T>(task: () => Promise<T>): Promise<T> {
    return retryWhileLocked({ clock: this.clock, random: this.random }, task);
  }

  private reading(place: GitPlace, args: readonly string[], options: GitOptions): GitCall {
    return {
      cwd: place.cwd,
      args: [...placeArgs(place), ...args],
      env: { ...this.env, ...options.env, GIT_OPTIONAL_LOCKS: '0' },
      timeoutMs: options.timeoutMs ?? readTimeoutMs,
    };
  }
}

function placeArgs({ cwd, gitDir }: GitPlace): string[] {
  return gitDir === undefined ? [] : [`--git-dir=${gitDir}`, `--work-tree=${cwd}`];
}
