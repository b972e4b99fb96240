import type { App } from '../app.ts';

/** One command: an inert object. `contributes.commands` and the list of these are compared by a test. */
export interface Command {
  /** With the prefix: `panopticon.agent.tell`. */
  id: string;
  /** `given` is what VS Code passes: the element of a row, what a link carries, or nothing. */
  run(app: App, ...given: unknown[]): Promise<void> | void;
  /** Usable before the runner is there. */
  always?: true;
}
