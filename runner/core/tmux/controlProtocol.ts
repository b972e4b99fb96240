/** What a control client of tmux says (tmux(1), CONTROL MODE). Other notifications are left out. */
export type ControlEvent =
  /** The answer to one command. `ours`: we sent it; otherwise it belongs to the client's own start. */
  | { kind: 'answer'; ours: boolean; ok: boolean; lines: string[] }
  /** The value of a subscription changed. */
  | { kind: 'subscription'; name: string; value: string }
  /** Sessions came or went. */
  | { kind: 'sessions' }
  | { kind: 'exit' };

/** Bit of the third field of %begin: the command came over this client's standard input. */
const fromControlClient = 1;

const guardPattern = /^%(begin|end|error) \d+ (\d+) (\d+)$/;
const subscriptionPattern = /^%subscription-changed (\S+) .*? : (.*)$/;

/** Reads the output of a control client, in whatever pieces it comes. */
export class ControlParser {
  private rest = '';
  private block: { number: string; ours: boolean; lines: string[] } | undefined;

  feed(text: string): ControlEvent[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.map((line) => this.read(line)).filter((event) => event !== undefined);
  }

  private read(line: string): ControlEvent | undefined {
    const [, guard, number = '', flags = ''] = guardPattern.exec(line) ?? [];
    if (this.block !== undefined) {
      // Inside a block everything but its own end is output, whatever it looks like.
      if (guard !== 'begin' && guard !== undefined && number === this.block.number) return this.close(guard === 'end');
      this.block.lines.push(line);
      return undefined;
    }
    if (guard === 'begin') {
      this.block = { number, ours: (Number(flags) & fromControlClient) !== 0, lines: [] };
      return undefined;
    }
    return readNotification(line);
  }

  private close(ok: boolean): ControlEvent {
    const { ours, lines } = this.block ?? { ours: false, lines: [] };
    this.block = undefined;
    return { kind: 'answer', ours, ok, lines };
  }
}

function readNotification(line: string): ControlEvent | undefined {
  if (line === '%sessions-changed') return { kind: 'sessions' };
  if (/^%exit( |$)/.test(line)) return { kind: 'exit' };
  const [, name, value] = subscriptionPattern.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : { kind: 'subscription', name, value };
}
