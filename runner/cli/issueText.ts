import type { Context } from './context.ts';
import { readText } from './readText.ts';
import { usageError } from './usageError.ts';

/** What a title may be given as: the remaining words, or `--title`. Undefined when neither is. */
export function titleOf(words: readonly string[], option: string | undefined): string | undefined {
  if (words.length > 0 && option !== undefined) {
    throw usageError('The title is given twice: as words and with --title.', 'Leave one of them out.');
  }
  const title = (option ?? words.join(' ')).replace(/\s+/g, ' ').trim();
  if (title !== '') return title;
  if (option !== undefined || words.length > 0) throw usageError('The title is empty.', 'Give it a few words.');
  return undefined;
}

/** What a body may be given as: `--body`, or `--body-file`, where `-` is standard input. */
export async function bodyOf(
  context: Context,
  body: string | undefined,
  bodyFile: string | undefined,
): Promise<string | undefined> {
  if (body !== undefined && bodyFile !== undefined) {
    throw usageError('The body is given twice: with --body and with --body-file.', 'Leave one of them out.');
  }
  return bodyFile === undefined ? body : readText(context, bodyFile);
}
