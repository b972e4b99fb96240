import type { Platform } from '../platform/platform.ts';
import type { Clock } from '../ports.ts';

/** What is listed may be this old, in ms: a look takes 0.1 ms on Linux, and a process elsewhere. */
const lateMs = 2_000;
const mostRemembered = 1_024;

/** Which hooks of agents still wait for an answer. */
export class WaitingHooks {
  private readonly deps: { platform: Pick<Platform, 'variableOf'>; clock: Clock };
  private readonly seen = new Map</* pid and launch */ string, /* monotonic ms */ number>();

  constructor(deps: WaitingHooks['deps']) {
    this.deps = deps;
  }

  /** A pid alone may be that of another process by now. One whose environment cannot be read counts as none. */
  async waits(pid: number, launchId: string): Promise<boolean> {
    const key = `${pid} ${launchId}`;
    this.seen.delete(key);
    if ((await this.deps.platform.variableOf(pid, 'PAN_LAUNCH_ID')) !== launchId) return false;
    if (this.seen.size >= mostRemembered) this.seen.clear();
    this.seen.set(key, this.deps.clock.monotonicMs());
    return true;
  }

  /** The same, for showing it only. */
  async waitedLately(pid: number, launchId: string): Promise<boolean> {
    const seenMs = this.seen.get(`${pid} ${launchId}`);
    return (
      (seenMs !== undefined && this.deps.clock.monotonicMs() - seenMs < lateMs) || (await this.waits(pid, launchId))
    );
  }
}
