import type { RefetchClock } from '../refetch.ts';

/**
 * VS Code draws a tree anew at the first change that it is told of, and then not before it was told of none for 200 ms
 * (1.100 to 1.139): told more often, it draws nothing for as long as changes come.
 */
const everyMs = 205;

/** Tells of changed rows at once where it was quiet, else as soon as VS Code listens again. Its timer runs only then. */
export class PacedChanges {
  private readonly tell: (rows: readonly string[] | 'all') => void;
  private readonly clock: RefetchClock;
  private due: ReadonlySet<string> | 'all' = new Set();
  private toldAt = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | undefined;

  /** `tell` is called with ids of rows, or `all` where rows came, went or moved to another group. */
  constructor(tell: (rows: readonly string[] | 'all') => void, clock: RefetchClock) {
    this.tell = tell;
    this.clock = clock;
  }

  add(rows: readonly string[] | 'all'): void {
    this.due = rows === 'all' || this.due === 'all' ? 'all' : new Set([...this.due, ...rows]);
    if (this.cancel !== undefined || (this.due !== 'all' && this.due.size === 0)) return;
    const restMs = this.toldAt + everyMs - this.clock.monotonicMs();
    if (restMs <= 0) this.flush();
    else this.cancel = this.clock.after(restMs, () => this.flush());
  }

  dispose(): void {
    this.cancel?.();
  }

  private flush(): void {
    const rows = this.due === 'all' ? 'all' : [...this.due];
    this.cancel = undefined;
    this.due = new Set();
    this.toldAt = this.clock.monotonicMs();
    this.tell(rows);
  }
}
