export interface SilenceWatchDeps {
  /** Asks for an answer that whoever is well gives at once. */
  ask(): void;
  giveUp(): void;
}

/** Answers may take minutes: after the first of these it is asked whether anybody is there at all. */
export interface SilenceBounds {
  quietMs: number;
  askedMs: number;
}

const bounds: SilenceBounds = { quietMs: 15_000, askedMs: 10_000 };

/** Notices that nobody is at the other end (stopped, or hung). Its timer runs only while something waits for an answer. */
export class SilenceWatch {
  private readonly deps: SilenceWatchDeps;
  private readonly bounds: SilenceBounds;
  private timer: NodeJS.Timeout | undefined;
  private wasHeard = false;

  constructor(deps: SilenceWatchDeps, given: SilenceBounds = bounds) {
    this.deps = deps;
    this.bounds = given;
  }

  /** Something waits for an answer. */
  begin(): void {
    if (this.timer !== undefined) return;
    this.wasHeard = false;
    this.wait();
  }

  /** Something came. */
  heard(): void {
    this.wasHeard = true;
  }

  /** Nothing waits any more. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private wait(): void {
    this.timer = setTimeout(() => this.look(), this.bounds.quietMs).unref();
  }

  private look(): void {
    if (this.wasHeard) {
      this.wasHeard = false;
      this.wait();
      return;
    }
    this.timer = setTimeout(() => this.decide(), this.bounds.askedMs).unref();
    this.deps.ask();
  }

  /** After a pause of this very process what came meanwhile is read first: timers come before it. */
  private decide(): void {
    setImmediate(() => {
      if (this.timer === undefined) return;
      if (this.wasHeard) this.look();
      else this.deps.giveUp();
    });
  }
}
