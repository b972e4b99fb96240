import type { Dialog } from './dialogs.ts';
import type { HookEventName, WaitingRequest } from './hookReporter.ts';
import type { PermissionMode } from './options.ts';

export type DialogAnswer =
  | { readonly kind: 'allowed'; readonly text: string /** For the rest of the session. */; readonly always: boolean }
  | { readonly kind: 'denied'; readonly message: string };

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
  /** What need not be asked again in this session. */
  readonly allowed: Set<string>;
  /** Opens a dialog, then calls `announce`; answered by keys or, where a request is announced, from outside. */
  ask(dialog: Dialog, announce: (request: WaitingRequest | undefined) => void): Promise<DialogAnswer>;
  /** Prints and keeps what a tool did. */
  note(text: string): void;
  report(name: HookEventName, fields: Readonly<Record<string, unknown>>, request?: WaitingRequest): void;
  /** Prints and keeps the assistant's words. */
  say(text: string): void;
}
