import type { AgentStatus } from '../../protocol/enumerations.ts';
import type { Look } from './look.ts';
import type { Style } from './paint.ts';

interface Mark {
  symbol: string;
  ascii: string;
  style: Style;
  /** Place in lists: those who need somebody first. */
  rank: number;
}

const marks: Readonly<Record<AgentStatus, Mark>> = {
  waiting: { symbol: '◆', ascii: '!', style: 'yellow', rank: 0 },
  stuck: { symbol: '▲', ascii: '!', style: 'yellow', rank: 1 },
  crashed: { symbol: '✗', ascii: 'x', style: 'red', rank: 2 },
  unreadable: { symbol: '✗', ascii: 'x', style: 'red', rank: 3 },
  starting: { symbol: '◌', ascii: '~', style: 'blue', rank: 4 },
  working: { symbol: '●', ascii: '*', style: 'blue', rank: 5 },
  parked: { symbol: '◷', ascii: 'z', style: 'magenta', rank: 6 },
  idle: { symbol: '○', ascii: 'o', style: 'dim', rank: 7 },
  unknown: { symbol: '?', ascii: '?', style: 'dim', rank: 8 },
  done: { symbol: '✓', ascii: '+', style: 'green', rank: 9 },
  stopped: { symbol: '■', ascii: '-', style: 'dim', rank: 10 },
};

export function markOf(status: AgentStatus): Mark {
  return marks[status] ?? marks.unknown;
}

export function symbolOf(status: AgentStatus, look: Pick<Look, 'unicode'>): string {
  const mark = markOf(status);
  return look.unicode ? mark.symbol : mark.ascii;
}

/** Statuses that wait for a person. */
export function needsSomebody(status: AgentStatus): boolean {
  return markOf(status).rank <= marks.unreadable.rank;
}
