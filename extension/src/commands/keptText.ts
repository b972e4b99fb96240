import type { App } from '../app.ts';
import { askText, type TextQuestion } from './askText.ts';

/** What is being written where, in one window: `work MIN-142`, `issue`. */
type Place = string;

/** Asks for one line. What was written is there again the next time, until it is forgotten. Undefined when they leave. */
export async function askKept(
  { context }: Pick<App, 'context'>,
  place: Place,
  question: Omit<TextQuestion, 'value' | 'button'>,
): Promise<string | undefined> {
  const value = context.workspaceState.get<string>(keyOf(place)) ?? '';
  const { kind, text } = await askText({ ...question, value });
  await context.workspaceState.update(keyOf(place), text === '' ? undefined : text);
  return kind === 'accept' && text.trim() !== '' ? text.trim() : undefined;
}

/** It has reached whom it was written for. */
export async function forgetKept({ context }: Pick<App, 'context'>, place: Place): Promise<void> {
  await context.workspaceState.update(keyOf(place), undefined);
}

function keyOf(place: Place): string {
  return `written ${place}`;
}
