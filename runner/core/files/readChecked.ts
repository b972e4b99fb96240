import { flatten, type GenericSchema, type InferOutput, safeParse } from 'valibot';
import { errnoOf } from './fileFailure.ts';
import { readRegular, UnfitFile } from './readRegular.ts';

export type Checked<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'missing' }
  /** The file is there and is not what it should be. `reason` is one line. */
  | { kind: 'unreadable'; reason: string }
  /** What the file holds is not known: the system refused (EMFILE, EIO, EACCES), perhaps only now. */
  | { kind: 'failed'; reason: string };

/** Largest state file that is read, in bytes: ours stay far below; a larger one is not ours. */
const maxBytes = 16 * 1024 * 1024;

/** Reads a JSON file and checks it. Never throws for what the file holds. */
export async function readChecked<S extends GenericSchema>(file: string, schema: S): Promise<Checked<InferOutput<S>>> {
  let text: string;
  try {
    text = await readRegular(file, { maxBytes, followsLinks: true });
  } catch (error) {
    if (error instanceof UnfitFile) return { kind: 'unreadable', reason: error.message };
    const code = errnoOf(error);
    return code === 'ENOENT' ? { kind: 'missing' } : { kind: 'failed', reason: code ?? String(error) };
  }
  return parseChecked(text, schema);
}

function parseChecked<S extends GenericSchema>(text: string, schema: S): Checked<InferOutput<S>> {
  if (text.trim() === '') return { kind: 'unreadable', reason: 'it is empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', reason: `line ${text.trimEnd().split('\n').length}: it is not complete JSON` };
  }
  const result = safeParse(schema, value);
  if (result.success) return { kind: 'ok', value: result.output };
  return { kind: 'unreadable', reason: firstIssue(flatten(result.issues)) };
}

function firstIssue(issues: { root?: readonly string[] | undefined; nested?: object | undefined }): string {
  const nested = Object.entries(issues.nested ?? {})[0];
  if (nested === undefined) return issues.root?.[0] ?? 'it has an unknown shape';
  return `${nested[0]}: ${String(nested[1]).split('\n')[0]}`;
}
