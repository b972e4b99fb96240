import type { Clock } from '../ports.ts';
import type { Typing } from '../runtimes/runtimeBehaviour.ts';
import type { ReceiptAnswer } from './receipts.ts';

export interface ShownTextDeps {
  clock: Clock;
  /** What the agent's terminal shows now. */
  screen(): Promise<string>;
}

const lookMs = 50;

/** A tool on a busy machine took up to 2 s to show what was typed. */
const timeoutMs = 5_000;

/**
 * Waits until the composer shows what was typed, where the tool's can be read: an Enter that comes before is taken for a
 * part of the text by some. False when it does not come: then something else has the keys, or stands there with it.
 */
export async function untilShown(text: string, typing: Typing, { clock, screen }: ShownTextDeps): Promise<boolean> {
  if (typing.shows === undefined) return true;
  const deadline = clock.monotonicMs() + timeoutMs;
  while (!typing.shows(await screen(), text)) {
    if (clock.monotonicMs() >= deadline) return false;
    await new Promise<void>((resolve) => void clock.after(lookMs, resolve));
  }
  return true;
}

/** A dialog that was answered and a turn that has ended give the composer back within this, in milliseconds. */
const readyTimeoutMs = 1_000;

/** Waits until the composer can take keys. False when it does not come: something else has the screen. */
export async function untilReady(typing: Typing, { clock, screen }: ShownTextDeps): Promise<boolean> {
  if (typing.isReady === undefined) return true;
  const deadline = clock.monotonicMs() + readyTimeoutMs;
  while (!typing.isReady(await screen())) {
    if (clock.monotonicMs() >= deadline) return false;
    await new Promise<void>((resolve) => void clock.after(lookMs, resolve));
  }
  return true;
}

/** A message that still stands in the composer after this, in milliseconds, was not entered. */
const enterAgainMs = 1_500;

/** Waits for the receipt. An Enter that the tool did not take for one is made up for while its composer holds the text. */
export async function answerOrEnter(
  answer: Promise<ReceiptAnswer>,
  text: string,
  typing: Typing,
  deps: ShownTextDeps & { enter(): Promise<void> },
): Promise<ReceiptAnswer> {
  if (typing.shows === undefined) return answer;
  for (;;) {
    let cancel: () => void = () => undefined;
    const pause = new Promise<undefined>((resolve) => {
      cancel = deps.clock.after(enterAgainMs, () => resolve(undefined));
    });
    const settled = await Promise.race([answer, pause]);
    cancel();
    if (settled !== undefined) return settled;
    if (typing.shows(await deps.screen(), text)) await deps.enter();
  }
}
