import type { Clock } from '../ports.ts';
import type { PipedProcess, SpawnPiped } from '../spawnPiped.ts';
import { type ControlEvent, ControlParser } from './controlProtocol.ts';

/** An answer takes about 0.1 ms; a server that says nothing for this long hangs. */
const answerTimeoutMs = 5_000;
const endGraceMs = 1_000;

export interface ControlClientDeps {
  spawnPiped: SpawnPiped;
  clock: Clock;
  argv: readonly [command: string, ...args: string[]];
  /** A subscription's value or the set of sessions changed. */
  onNotice: () => void;
  /** Called once. */
  onEnd: () => void;
}

interface Waiting {
  resolve: (lines: string[]) => void;
  reject: (error: Error) => void;
  cancelTimeout: () => void;
}

/** One control client of tmux: commands go to its standard input and cost no process. */
export class ControlClient {
  private readonly parser = new ControlParser();
  /** Commands are answered in the order they were sent. */
  private readonly waiting: Waiting[] = [];
  private readonly process: PipedProcess;
  /** Commands that wait for the client to be attached: before that tmux refuses some ("no current client"). */
  private held: string[] | undefined = [];
  private ending = false;

  constructor(private readonly deps: ControlClientDeps) {
    const [command, ...args] = deps.argv;
    this.process = deps.spawnPiped(command, args, {
      onText: (text) => {
        for (const event of this.parser.feed(text)) this.take(event);
      },
      onEnd: () => this.finish(),
    });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** The lines of the command's output. Rejects when tmux refuses it, says nothing, or ends. */
  run(command: string): Promise<string[]> {
    if (command.includes('\n')) throw new Error('a command is one line');
    if (this.ending) return Promise.reject(new Error('the control client of tmux has ended'));
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.deps.clock.after(answerTimeoutMs, () => {
        reject(new Error(`tmux did not answer within ${answerTimeoutMs} ms`));
        this.end();
      });
      this.waiting.push({ resolve, reject, cancelTimeout });
      if (this.held === undefined) this.process.write(`${command}\n`);
      else this.held.push(command);
    });
  }

  end(): void {
    this.ending = true;
    this.process.end(endGraceMs);
  }

  private take(event: ControlEvent): void {
    switch (event.kind) {
      case 'answer': {
        if (!event.ours) {
          this.sendHeld();
          return;
        }
        const waiting = this.waiting.shift();
        waiting?.cancelTimeout();
        if (event.ok) waiting?.resolve(event.lines);
        else waiting?.reject(new Error(`tmux: ${event.lines.join(' ')}`));
        return;
      }
      case 'subscription':
      case 'sessions':
        this.deps.onNotice();
        return;
      case 'exit':
        this.end();
    }
  }

  /** The first answer is that to the client's own start. */
  private sendHeld(): void {
    for (const command of this.held ?? []) this.process.write(`${command}\n`);
    this.held = undefined;
  }

  private finish(): void {
    this.ending = true;
    for (const waiting of this.waiting.splice(0)) {
      waiting.cancelTimeout();
      waiting.reject(new Error('the control client of tmux has ended'));
    }
    this.deps.onEnd();
  }
}
