import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { UserErrorData } from '../../runner/protocol/errors.ts';
import { userErrorOf } from './host.ts';

/**
 * What an element shows of the runner: fetched when it is asked for, and kept while it is fetched again or cannot be.
 * However often it is asked for, one question is under way, and one more follows.
 */
export class Fetched<T> implements ReactiveController {
  value: T | undefined;
  error: UserErrorData | undefined;
  private readonly element: ReactiveControllerHost;
  private readonly fetch: () => Promise<T>;
  private isFetching = false;
  private isStale = false;
  /** Counts what was forgotten, so that an answer that was asked for before it does not come back. */
  private era = 0;

  constructor(element: ReactiveControllerHost, fetch: () => Promise<T>) {
    this.element = element;
    this.fetch = fetch;
    element.addController(this);
  }

  hostDisconnected(): void {
    this.forget();
  }

  refresh(): void {
    if (this.isFetching) {
      this.isStale = true;
      return;
    }
    this.isFetching = true;
    this.isStale = false;
    const { era } = this;
    const settle = (change: () => void) => {
      if (era !== this.era) return;
      change();
      this.isFetching = false;
      this.element.requestUpdate();
      if (this.isStale) this.refresh();
    };
    this.fetch().then(
      (value) =>
        settle(() => {
          this.value = value;
          this.error = undefined;
        }),
      (error: unknown) =>
        settle(() => {
          this.error = userErrorOf(error);
        }),
    );
  }

  /** For what is shown next: another agent. */
  forget(): void {
    this.era += 1;
    this.isFetching = false;
    this.isStale = false;
    this.value = undefined;
    this.error = undefined;
  }
}
