import type { LiveSign } from '../runtimes/runtimeBehaviour.ts';

/** The newest sign of each source for each agent; in memory only, since every source can be looked at again. */
export class SignBoard {
  private readonly signs = new Map</* agent id */ string, Map<LiveSign['source'], LiveSign>>();

  of(agentId: string): LiveSign[] {
    return [...(this.signs.get(agentId)?.values() ?? [])];
  }

  /** Whether that is news: a title or screen that says the same again keeps the time at which it was first seen. */
  put(agentId: string, sign: LiveSign): boolean {
    const known = this.signs.get(agentId) ?? new Map<LiveSign['source'], LiveSign>();
    const before = known.get(sign.source);
    // Files and transcripts carry their own time: what is older than what is known is an old file.
    const isLookedAt = sign.source === 'title' || sign.source === 'screen';
    if (!isLookedAt && before !== undefined && sign.since < before.since) return false;
    const sameTime = isLookedAt || before?.since === sign.since;
    if (sameTime && before?.state === sign.state && before.detail === sign.detail && before.until === sign.until)
      return false;
    const since = isLookedAt && before?.state === sign.state ? before.since : sign.since;
    this.signs.set(agentId, known.set(sign.source, { ...sign, since }));
    return true;
  }

  /** A source that has gone says nothing any more. */
  drop(agentId: string, source: LiveSign['source']): boolean {
    return this.signs.get(agentId)?.delete(source) ?? false;
  }

  /** A new launch begins without signs of the last one. */
  forget(agentId: string): void {
    this.signs.delete(agentId);
  }
}
