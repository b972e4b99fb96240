/** More events than this in one look may not be all: the system's queue holds 16,384, of all watches, and then drops. */
const maxEvents = 4_000;

interface Watch {
  /** The folder itself is watched, not one above it. */
  readonly seesAll: boolean;
  close(): void;
}

type OnChange = (name: string | null) => void;

/** What changed in a folder since somebody asked. */
export class FolderChanges {
  private names = new Set<string>();
  private events = 0;
  private isUnknown = true;
  private watch: Watch;
  private readonly open: () => Watch;
  private readonly onFlood: () => void;

  /** `onFlood`: more came than may be all; others that are watched may have missed something, too. */
  constructor(watch: (onChange: OnChange) => Watch, onChange: OnChange, onFlood: () => void = () => undefined) {
    this.onFlood = onFlood;
    this.open = () =>
      watch((name) => {
        this.note(name);
        onChange(name);
      });
    this.watch = this.open();
  }

  /**
   * Names of the files that changed since the last call; 'unknown' when every file has to be looked at. Where the system
   * tells at once, what was written before the call is in it: the kernel queues the event within the writer's own call,
   * and the event loop reads all that is queued once a turn. The first of the two turns may have begun before this call,
   * the second has not.
   */
  async take(): Promise<ReadonlySet<string> | 'unknown'> {
    await nextTurn();
    await nextTurn();
    const isUnknown = this.isUnknown || this.events > maxEvents || !this.watch.seesAll;
    const names = this.names;
    this.names = new Set();
    this.events = 0;
    this.isUnknown = false;
    return isUnknown ? 'unknown' : names;
  }

  /** What was taken was not looked at, or something may have been missed. */
  putBack(): void {
    this.isUnknown = true;
  }

  /** Another folder stands at the path: the watch may still be on the one before. */
  restart(): void {
    this.watch.close();
    this.watch = this.open();
  }

  close(): void {
    this.watch.close();
  }

  private note(name: string | null): void {
    this.events += 1;
    if (this.events === maxEvents + 1) this.onFlood();
    if (name === null) this.isUnknown = true;
    else if (this.events <= maxEvents) this.names.add(name);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
