import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, watch } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** An answer that did not come from the keyboard. */
export type OutsideAnswer =
  | {
      readonly kind: 'allowed';
      /** It holds for the rest of the session. */
      readonly always: boolean;
      /** To questions, by the question. */
      readonly answers: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'denied'; readonly message: string };

/** Waits for an answer to one request in a folder, as a real tool's hook does. */
export interface OutsideRequest {
  readonly id: string;
  readonly pid: number;
  /** Nobody needs the answer any more. */
  close(): void;
}

/** Undefined where nobody gives a folder. `onAnswer` is called at most once. */
export function openOutsideRequest(
  folder: string | undefined,
  onAnswer: (answer: OutsideAnswer) => void,
): OutsideRequest | undefined {
  if (folder === undefined || !isAbsolute(folder)) return undefined;
  const id = randomUUID();
  const file = join(folder, `${id}.json`);
  const look = (): void => {
    const output = take(file);
    if (output === undefined) return;
    watcher?.close();
    const answer = parseOutsideAnswer(output);
    if (answer !== null) onAnswer(answer);
  };
  const watcher = watchQuietly(folder, look);
  return watcher === undefined ? undefined : { id, pid: process.pid, close: () => watcher.close() };
}

/** What a hook's output decides; null when it decides nothing. */
function parseOutsideAnswer(output: unknown): OutsideAnswer | null {
  const decision = fieldsOf(fieldsOf(fieldsOf(output).hookSpecificOutput).decision);
  if (decision.behavior === 'deny')
    return { kind: 'denied', message: typeof decision.message === 'string' ? decision.message : '' };
  if (decision.behavior !== 'allow') return null;
  const permissions = decision.updatedPermissions;
  const always = Array.isArray(permissions) && permissions.length > 0;
  return { kind: 'allowed', always, answers: fieldsOf(fieldsOf(decision.updatedInput).answers) };
}

/** Takes the file away and answers its `output`; undefined while there is none. */
function take(file: string): unknown {
  try {
    const answer: unknown = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    return fieldsOf(answer).output ?? null;
  } catch {
    // Not there yet, or taken back.
    return undefined;
  }
}

function watchQuietly(folder: string, onChange: () => void) {
  try {
    const watcher = watch(folder, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // The keyboard still answers.
    return undefined;
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
