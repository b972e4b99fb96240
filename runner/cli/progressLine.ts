import type { Sink } from './host.ts';
import { cutText } from './render/cutText.ts';
import { seconds } from './render/duration.ts';
import type { Look } from './render/look.ts';
import { plainLine } from './render/plainText.ts';

/** After this long without news the line says what is waited for. */
const quietMs = 10_000;
const tickMs = 1_000;

/** One stderr line, rewritten in place: `creating workspace · copying files · setup 4 s`. Silent unless on a terminal. */
export class ProgressLine {
  private readonly sink: Sink;
  private readonly look: Look;
  private readonly monotonicMs: () => number;
  private readonly phases: string[] = [];
  private phaseSinceMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(sink: Sink, look: Look, monotonicMs: () => number) {
    this.sink = sink;
    this.look = look;
    this.monotonicMs = monotonicMs;
  }

  /** What begins now, in the present: `creating workspace`. */
  advance(phase: string): void {
    if (!this.sink.isTTY) return;
    this.phases.push(plainLine(phase));
    this.phaseSinceMs = this.monotonicMs();
    this.timer ??= setInterval(() => this.draw(), tickMs).unref();
    this.draw();
  }

  /** Removes the line, so that the result stands in its place. */
  async clear(): Promise<void> {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.phases.length = 0;
    await this.sink.write('\r\u001b[K');
  }

  private draw(): void {
    const quietForMs = this.monotonicMs() - this.phaseSinceMs;
    const text = progressText(this.phases, quietForMs, this.look);
    void this.sink.write(`\r\u001b[K${text}`);
  }
}

/** The line for `phases`, the last of which has been going on for `quietForMs`. */
export function progressText(phases: readonly string[], quietForMs: number, look: Look): string {
  const current = phases.at(-1) ?? '';
  const room = look.width - 1;
  if (quietForMs >= quietMs) return cutText(`still waiting for: ${current}, ${seconds(quietForMs)}`, room, look);
  const elapsed = quietForMs >= tickMs ? ` ${Math.floor(quietForMs / 1000)} s` : '';
  return cutText(phases.join(look.unicode ? ' · ' : ' | ') + elapsed, room, look);
}
