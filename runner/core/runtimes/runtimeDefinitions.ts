import { claudeDefinition } from './claude/claudeDefinition.ts';
import { codexDefinition } from './codex/codexDefinition.ts';
import { geminiDefinition } from './gemini/geminiDefinition.ts';
import { rehearsalDefinition } from './rehearsal/rehearsalDefinition.ts';
import type { RuntimeBehaviour } from './runtimeBehaviour.ts';
import type { RuntimeDefinition } from './runtimeDefinition.ts';

/** The AI tools that Panopticon knows, in the order in which they are shown. */
export const runtimeDefinitions: readonly RuntimeDefinition[] = [
  claudeDefinition,
  codexDefinition,
  geminiDefinition,
  rehearsalDefinition,
];

const behaviours = new Map(runtimeDefinitions.map(({ name, behaviour }) => [name, behaviour]));

/** Of a runtime that is only a command of the user's nothing is known. */
export function behaviourOf(runtime: string): RuntimeBehaviour {
  return behaviours.get(runtime) ?? {};
}
