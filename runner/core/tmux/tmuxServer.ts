import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../protocol/errors.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import { findProgram } from '../platform/findProgram.ts';
import { installHint } from '../platform/installHint.ts';
import type { Environment, Exec, ExecResult, Log } from '../ports.ts';
import { literal } from './literal.ts';
import { type Pane, paneFormat, parsePanes } from './pane.ts';
import { serverCommand } from './serverCommand.ts';
import { type Stroke, strokeCommands } from './strokes.ts';
import { paneTarget, sessionName, sessionTarget } from './target.ts';
import { titleForTmux } from './titleForTmux.ts';
import { tmuxConfig } from './tmuxConfig.ts';
import { tmuxFailureReason } from './tmuxFailure.ts';

export interface TmuxServerDeps {
  exec: Exec;
  log: Log;
  /** For PATH and XDG_RUNTIME_DIR. */
  env: Environment;
  tmuxBinary?: string | undefined;
  socket: string;
  /** Written before the server starts. */
  configFile: string;
  /** Gets an empty file `<session>.died` when a pane's program ends. */
  spoolFolder: string;
}

export interface SessionStart {
  name: string;
  /** An existing folder; windows that people open in the session start there. */
  cwd: string;
  scriptPath: string;
  /** Of the terminal while nobody is attached, in characters. */
  width?: number | undefined;
  height?: number | undefined;
  /** Shown on the status line; may be a stranger's words. */
  statusTitle: string;
}

/** The session that only carries the control client; not an agent's, and in no list. */
export const watchSession = 'pan-watch';

const timeoutMs = 10_000;
const defaultWidth = 200;
const defaultHeight = 50;

/** Our own tmux server, reached by its socket. Every method starts one process of tmux; PaneWatch is the cheap eye. */
export class TmuxServer {
  private readonly tmux: string;
  private starting: Promise<void> | undefined;

  constructor(private readonly deps: TmuxServerDeps) {
    this.tmux = deps.tmuxBinary ?? 'tmux';
  }

  /** Looks for tmux without starting anything. @throws UserError tmuxMissing. */
  async requireInstalled(): Promise<void> {
    if ((await findProgram(this.tmux, this.deps.env['PATH'])) === undefined) throw tmuxMissing();
  }

  /**
   * Starts the server when there is none, and in it a session that runs the script. tmux sees only `sh` and the path:
   * several words are executed as they are, without a shell, and others may read them.
   *
   * @throws UserError tmuxMissing, tmuxTooOld, folderMissing, sessionExists.
   */
  async startSession(start: SessionStart): Promise<{ panePid: number }> {
    const size = ['-x', String(start.width ?? defaultWidth), '-y', String(start.height ?? defaultHeight)];
    const args = [
      ...['new-session', '-d', '-s', sessionName(start.name), ...size, '-P', '-F', '#{pane_pid}'],
      ...['sh', literal(start.scriptPath), ';'],
      ...['set-option', '-t', paneTarget(start.name), '--', '@pan_title', literal(titleForTmux(start.statusTitle))],
    ];
    for (let attempt = 1; ; attempt++) {
      try {
        return { panePid: Number((await this.run(args, { cwd: start.cwd })).stdout.trim()) };
      } catch (error) {
        const reason = tmuxFailureReason(error);
        if (attempt < 3 && reason === 'noServer') await this.startServer();
        // A server that is just going down takes the client with it (new-session right after kill-server).
        else if (attempt < 3 && reason === 'serverExited') continue;
        else throw this.asUserError(error, start.name, start.cwd);
      }
    }
  }

  /** All agents' panes; empty when no server runs. @throws when tmux cannot be asked: that is no news of any pane. */
  async listPanes(): Promise<Pane[]> {
    return (await this.readPanes()) ?? [];
  }

  /** Like `listPanes`, but undefined when no server runs. */
  async readPanes(): Promise<Pane[] | undefined> {
    try {
      const { stdout } = await this.run(['list-panes', '-a', '-F', paneFormat]);
      return parsePanes(stdout.split('\n')).filter((pane) => pane.session !== watchSession);
    } catch (error) {
      const reason = tmuxFailureReason(error);
      if (reason === 'noServer' || reason === 'serverExited') return undefined;
      if (reason === 'noSession') return [];
      throw this.asUserError(error);
    }
  }

  /**
   * Gives the text to the program as a paste, byte for byte; programs that understand bracketed paste see where it
   * ends. For that reason the mark of that end is the one thing that is taken apart when it occurs in the text itself.
   */
  async paste(name: string, text: string): Promise<void> {
    if (text === '') return;
    const buffer = `pan-${randomUUID()}`;
    const input = text.replaceAll('\u001b[201~', '[201~').replaceAll('\u009b201~', '[201~');
    const paste = ['paste-buffer', '-p', '-r', '-d', '-b', buffer, '-t', paneTarget(name)];
    try {
      await this.run(['load-buffer', '-b', buffer, '-', ';', ...paste], { input });
    } catch (error) {
      await this.run(['delete-buffer', '-b', buffer]).catch(() => undefined);
      throw this.asUserError(error, name);
    }
  }

  /**
   * Types into the program, in order, as few commands as tmux takes. Leaves the scroll mode first, where keys would not
   * reach the program.
   */
  async type(name: string, strokes: readonly Stroke[]): Promise<void> {
    const target = paneTarget(name);
    for (const command of strokeCommands(strokes, target)) {
      await this.runFor(name, ['copy-mode', '-q', '-t', target, ';', ...command]);
    }
  }

  /** What the terminal shows now, as plain text, without its history. */
  async screen(name: string): Promise<string> {
    return (await this.runFor(name, ['capture-pane', '-p', '-t', paneTarget(name)])).stdout;
  }

  /** The last `lines` lines of the terminal with its history, as plain text; wrapped lines are joined. */
  async capture(name: string, lines: number): Promise<string> {
    const args = ['capture-pane', '-p', '-J', '-S', `-${lines}`, '-t', paneTarget(name)];
    const { stdout } = await this.runFor(name, args);
    // tmux writes a line of its own below what a dead pane showed.
    const all = stdout
      .trimEnd()
      .replace(/\n*Pane is dead \([^\n]*\)$/, '')
      .trimEnd()
      .split('\n');
    return all
      .slice(-lines)
      .map((line) => line.trimEnd())
      .join('\n');
  }

  /** Fine when it is gone already. Ends what tmux ends: the pane's foreground programs, by a hang-up. */
  async killSession(name: string): Promise<void> {
    await this.runUnlessGone(['kill-session', '-t', sessionTarget(name)]);
  }

  async killServer(): Promise<void> {
    await this.runUnlessGone(['kill-server']);
  }

  /** What shows the session in a terminal, for which TMUX must not be set. */
  attachArgv(name: string): string[] {
    return [this.tmux, '-u', '-S', this.deps.socket, 'attach-session', '-t', sessionTarget(name)];
  }

  /** A control client on a session of its own, which it makes when it is missing. Never starts a server. */
  controlArgv(): [command: string, ...args: string[]] {
    const session = ['new-session', '-A', '-s', watchSession, '-f', 'no-output,ignore-size', '-c', '/', 'cat', '-'];
    return [this.tmux, ...this.baseArgs(), '-C', ...session];
  }

  /** -N: never start a server unasked, it would lack our configuration. -u: titles are UTF-8 whatever the locale. */
  private baseArgs(): string[] {
    return ['-N', '-u', '-S', this.deps.socket];
  }

  private run(args: readonly string[], options: { cwd?: string; input?: string } = {}): Promise<ExecResult> {
    return this.deps.exec(this.tmux, [...this.baseArgs(), ...args], { timeoutMs, ...options });
  }

  private async runFor(name: string, args: readonly string[]): Promise<ExecResult> {
    try {
      return await this.run(args);
    } catch (error) {
      throw this.asUserError(error, name);
    }
  }

  private async runUnlessGone(args: readonly string[]): Promise<void> {
    try {
      await this.run(args);
    } catch (error) {
      const reason = tmuxFailureReason(error);
      if (reason !== 'noPane' && reason !== 'noServer' && reason !== 'serverExited') throw this.asUserError(error);
    }
  }

  /** Starts of several sessions at once share one start of the server. */
  private startServer(): Promise<void> {
    this.starting ??= this.launchServer().finally(() => {
      this.starting = undefined;
    });
    return this.starting;
  }

  private async launchServer(): Promise<void> {
    const { configFile, spoolFolder, socket, env, log, exec } = this.deps;
    await writeAtomic(configFile, tmuxConfig);
    for (const folder of [spoolFolder, path.dirname(socket)]) await makeFolder(folder);
    const plain = [this.tmux, '-u', '-S', socket, '-f', configFile, 'start-server'];
    const facts = { systemd: existsSync('/run/systemd/system'), runtimeFolder: env['XDG_RUNTIME_DIR'] };
    const candidates = serverCommand(plain, facts);
    for (const [index, [command = '', ...args]] of candidates.entries()) {
      try {
        await exec(command, args, { cwd: '/', env: { PAN_TMUX_SPOOL: spoolFolder }, timeoutMs });
        return;
      } catch (error) {
        if (index === candidates.length - 1) throw this.asUserError(error);
        log.warn('systemd-run could not start the terminal server in a scope of its own: it starts without one');
      }
    }
  }

  private asUserError(error: unknown, name?: string, cwd?: string): unknown {
    const reason = tmuxFailureReason(error);
    switch (reason) {
      case 'missing':
        // A missing working folder looks to the system like a missing program.
        if (cwd !== undefined && !existsSync(cwd)) {
          return new UserError({ code: 'folderMissing', message: `The folder ${cwd} is missing.`, cause: error });
        }
        return tmuxMissing(error);
      case 'tooOld':
        return new UserError({
          code: 'tmuxTooOld',
          message: 'tmux is older than 3.2.',
          hint: howToInstall(),
          cause: error,
        });
      case 'noPane':
      case 'noSession':
      case 'noServer':
        if (name === undefined) return error;
        return new UserError({ code: 'sessionGone', message: `The terminal of ${name} is gone.`, cause: error });
      case 'silent':
        return tmuxSilent(error);
      case 'duplicate':
        return new UserError({ code: 'sessionExists', message: `${name} has a terminal already.`, cause: error });
      case 'serverExited':
      case 'other':
        return error;
    }
  }
}

function tmuxSilent(cause: unknown): UserError {
  return new UserError({
    code: 'tmuxSilent',
    message: `tmux did not answer within ${timeoutMs / 1000} s.`,
    hint: 'Try again. What agents do is not affected; what hangs is their tmux server: pan doctor, pan daemon log',
    cause,
  });
}

function tmuxMissing(cause?: unknown): UserError {
  return new UserError({ code: 'tmuxMissing', message: 'tmux was not found.', hint: howToInstall(), cause });
}

function howToInstall(): string {
  return `Install tmux: ${installHint('tmux', process.platform, existsSync) ?? 'version 3.2 or newer'}`;
}
