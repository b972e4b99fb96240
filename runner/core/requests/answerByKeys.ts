import type { RequestAnswer } from '../../protocol/models.ts';
import type { HookEvent } from '../events/agentEvent.ts';
import type { Clock } from '../ports.ts';
import type { DialogReader, ScreenDialog, TypingStep } from '../runtimes/runtimeBehaviour.ts';
import { subjectsOf } from './describeRequest.ts';

/** An agent's terminal, as far as a dialog is answered in it. */
export interface DialogTerminal {
  /** What its screen shows now. */
  capture(): Promise<string>;
  /** Whether the request is still open, by all that the tool reported until now. */
  isOpen(): Promise<boolean>;
  press(steps: readonly TypingStep[]): Promise<void>;
}

/**
 * `unseen`: the screen does not show that very request. `gone`: another one about the same may stand there. `not offered`:
 * its dialog has no such answer.
 */
export type KeyOutcome = 'closed' | 'still open' | 'unseen' | 'gone' | 'not offered';

const lookMs = 50;

/**
 * Answers a dialog by its keys, and only when the screen shows this very request whole: a key that meets another dialog
 * would allow something that nobody saw. Then sees to it that the dialog closed.
 */
export async function answerByKeys(
  dialogs: DialogReader,
  event: HookEvent,
  answer: RequestAnswer,
  terminal: DialogTerminal,
  bound: { clock: Clock; timeoutMs: number },
): Promise<KeyOutcome> {
  const dialog = await awaitDialog(dialogs, event, terminal, bound.clock);
  if (dialog === undefined) return 'unseen';
  const keys = answer.kind === 'text' ? dialog.texts?.(answer.texts) : dialog[answer.kind];
  if (keys === undefined) return 'not offered';
  // A dialog is reported before it shows, so that one that shows in its place has closed it by now.
  if (!(await terminal.isOpen())) return 'gone';
  await terminal.press(keys);
  const deadline = bound.clock.monotonicMs() + bound.timeoutMs;
  for (;;) {
    const after = dialogs.read(await terminal.capture());
    if (after === undefined || plain(after.subject) !== plain(dialog.subject)) return 'closed';
    if (!(await terminal.isOpen())) return 'closed';
    if (bound.clock.monotonicMs() >= deadline) return 'still open';
    await new Promise<void>((resolve) => void bound.clock.after(lookMs, resolve));
  }
}

/** Undefined when it does not come. */
async function awaitDialog(
  dialogs: DialogReader,
  event: HookEvent,
  terminal: DialogTerminal,
  clock: Clock,
): Promise<ScreenDialog | undefined> {
  const deadline = clock.monotonicMs() + (dialogs.appearsWithinMs ?? 0);
  for (;;) {
    const dialog = dialogs.read(await terminal.capture());
    if (dialog !== undefined) return shows(dialog, event) ? dialog : undefined;
    if (clock.monotonicMs() >= deadline) return undefined;
    await new Promise<void>((resolve) => void clock.after(lookMs, resolve));
  }
}

function shows(dialog: ScreenDialog, event: HookEvent): boolean {
  const subject = plain(dialog.subject);
  return subject !== '' && subjectsOf(event).some((known) => plain(known) === subject);
}

/** Terminals wrap and pad. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
