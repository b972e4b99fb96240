import { ExecFailure } from '../exec.ts';
import type { Exec, Log } from '../ports.ts';
import { messageOf } from '../text/messageOf.ts';
import { desktopCommand } from './desktopCommand.ts';

export interface DesktopNotifierDeps {
  exec: Exec;
  platform: NodeJS.Platform;
  log: Pick<Log, 'warn'>;
}

/** It only hands the text to the desktop; one that hangs is ended. */
const timeoutMs = 5_000;

/** Shows a line on the desktop of the machine. Where that does not work, the log says so once, and nothing else happens. */
export class DesktopNotifier {
  private readonly deps: DesktopNotifierDeps;
  private readonly logged = new Set<string>();

  constructor(deps: DesktopNotifierDeps) {
    this.deps = deps;
  }

  /** Never rejects. */
  async show(text: string): Promise<void> {
    const { exec, platform } = this.deps;
    const program = desktopCommand(platform, text);
    if (program === undefined) return this.logOnce(`none are known on ${platform}`);
    const { command, args, input } = program;
    try {
      await exec(command, args, { timeoutMs, input });
    } catch (error) {
      const isMissing = error instanceof ExecFailure && error.reason === 'missing';
      this.logOnce(isMissing ? `${command} was not found` : messageOf(error));
    }
  }

  private logOnce(reason: string): void {
    if (this.logged.has(reason)) return;
    this.logged.add(reason);
    this.deps.log.warn(`desktop notifications are not shown: ${reason}`);
  }
}
