import type { DidChangeParams } from '../protocol/requests.ts';

/** Announces what went stale, after it was written. Listeners refetch; they are never told what it became. */
export class Changes {
  private readonly listeners = new Set<(change: DidChangeParams) => void>();

  fire(change: DidChangeParams): void {
    for (const listener of [...this.listeners]) listener(change);
  }

  /** Returns the function that ends the subscription. */
  listen(listener: (change: DidChangeParams) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
