import { messageOf } from '../messageOf.ts';
import type { Reference } from '../views/elements.ts';

/** A failure and what it is about, so that a button of its notification acts on the same. */
export class ConcerningError extends Error {
  readonly reference: Reference;

  constructor(reference: Reference, cause: unknown) {
    super(messageOf(cause), { cause });
    this.name = 'ConcerningError';
    this.reference = reference;
  }
}

/** Runs what acts on one agent or issue. What it throws is passed on together with that. */
export async function concerning<T>(reference: Reference, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof ConcerningError ? error : new ConcerningError(reference, error);
  }
}
