import { readFileSync } from 'node:fs';
import { parseStep, type Step } from './parseStep.ts';
import { firstLine } from './printableText.ts';
import { StartError } from './startError.ts';

export interface Script {
  /** Milliseconds between two steps. */
  readonly paceMs: number;
  /** True when the last turn plays again for every further prompt. */
  readonly repeatsLast: boolean;
  readonly turns: readonly (readonly Step[])[];
}

// Long enough for a title; a commit's subject holds it.
const MAX_FIRST_LINE = 200;

/** What plays when no script is given: it understands, leaves a line in REHEARSAL.md, asks (in mode `ask`), and commits. */
export const DEFAULT_SCRIPT: Script = {
  paceMs: 0,
  repeatsLast: true,
  turns: [
    [
      { kind: 'say', text: 'This is what I understood: {prompt1}' },
      { kind: 'edit', path: 'REHEARSAL.md', text: '- {issueId}: {prompt1}\n', append: true },
      { kind: 'permission', tool: 'Bash', command: 'git commit', always: false },
      { kind: 'commit', message: 'Rehearse {issueId}: {prompt1}' },
      { kind: 'say', text: 'Done with {issueId}: one line in REHEARSAL.md.' },
    ],
  ],
};

/** Reads a script file. Throws StartError (2) with one sentence when it cannot be read or is not a script. */
export function loadScript(path: string): Script {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    throw new StartError(`The script ${path} cannot be read.`, 2, { cause: error });
  }
  try {
    return parseScript(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The script ${path} is broken: ${reason}.`, 2, { cause: error });
  }
}

/** A script's text `{"turns": [[step, ...], ...], "pace"?: ms}`. Throws an Error whose message says where it is broken. */
export function parseScript(content: string): Script {
  const value = parseJson(content);
  if (typeof value !== 'object' || value === null) throw new Error('it is no object with "turns"');
  const { turns, pace = 0, ...others } = value as Partial<Record<string, unknown>>;
  const unknownKey = Object.keys(others)[0];
  if (unknownKey !== undefined) throw new Error(`"${unknownKey}" is not known`);
  if (typeof pace !== 'number' || !(pace >= 0 && pace <= 60_000)) throw new Error('"pace" takes 0 to 60000 ms');
  if (!Array.isArray(turns) || !turns.every(Array.isArray)) throw new Error('"turns" takes a list of lists of steps');
  return {
    paceMs: pace,
    repeatsLast: false,
    turns: turns.map((steps, turn) => steps.map((step: unknown, index) => parseStepAt(step, turn + 1, index + 1))),
  };
}

/** The steps for the n-th prompt (from 1) of a conversation; null when the script has no more turns. */
export function turnFor(script: Script, promptNumber: number): readonly Step[] | null {
  return script.turns[promptNumber - 1] ?? (script.repeatsLast ? script.turns.at(-1) : undefined) ?? null;
}

/**
 * Puts the issue's id and the prompt's first line (printable, without the marks of a heading and the issue's id) where
 * a text says {issueId} and {prompt1}.
 */
export function fillIn(text: string, issueId: string, prompt: string): string {
  return text.replaceAll(/\{issueId\}|\{prompt1\}/g, (name) =>
    name === '{issueId}' ? issueId : firstLine(prompt, MAX_FIRST_LINE).replace(/^#+ (?:[A-Z][A-Z0-9]*-\d+: )?/, ''),
  );
}

function parseStepAt(value: unknown, turn: number, step: number): Step {
  try {
    return parseStep(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`turn ${turn}, step ${step}: ${reason}`, { cause: error });
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Error('it is not JSON', { cause: error });
  }
}
