import type { Dialog } from './dialogs.ts';
import type { HookEventName } from './hookReporter.ts';
import type { PermissionMode } from './options.ts';

/** What a step can see and do while its turn plays. */
export interface Stage {
  /** The workspace: the folder the program was started in. */
  readonly cwd: string;
  readonly issueId: string;
  readonly mode: PermissionMode;
  /** The prompt of this turn, exact. */
  readonly prompt: string;
  /** Aborted when the user interrupts the turn. */
  readonly signal: AbortSignal;
  /** Opens a dialog; null means denied. */
  ask(dialog: Dialog): Promise<string | null>;
  /** Prints and keeps what a tool did. */
  note(text: string): void;
  report(name: HookEventName, fields: Readonly<Record<string, unknown>>): void;
  /** Prints and keeps the assistant's words. */
  say(text: string): void;
}
