import { parseIssueId } from '../../../protocol/issueId.ts';
import { defineCommand } from '../../command.ts';
import { ownIssue, spokenId } from '../../ownIssue.ts';
import { priorityOption } from '../../priorityOption.ts';
import { readText } from '../../readText.ts';
import { plainLine } from '../../render/plainText.ts';
import { usageError } from '../../usageError.ts';

export const workHookPush = defineCommand({
  path: 'work hook push',
  summary: "Put work on an agent's hook",
  description:
    'The item waits until the agent takes it (GUPP: if there is work on your hook, you must run it). Pushing the same ' +
    '--item twice is one item, so a push whose answer was lost can be repeated.',
  args: { text: { kind: 'rest', summary: 'the issue of the agent, which may be left out, then the work' } },
  options: {
    file: { kind: 'text', value: 'file', summary: 'the work from a file; - is standard input' },
    type: { kind: 'text', value: 'type', summary: 'what kind of work it is' },
    priority: priorityOption,
    item: { kind: 'text', value: 'ulid', summary: 'the id of the item; unless given, a new one' },
  },
  json: 'hookItem',
  examples: ['pan work hook push MIN-142 "rebase on main"', 'pan work hook push MIN-142 --file review.md'],
  async run(context, { text: words }, { file, type, priority, item }) {
    const { given, text } = await splitWords(context, words, file);
    const id = await ownIssue(context, given, 'work hook push');
    const itemId = item ?? (await import('ulid')).ulid();
    const pushed = await (await context.runner()).hooks.push({ id, itemId, text, type, priority });
    return {
      document: { item: pushed },
      text: () =>
        `On the hook of ${spokenId(id)} (${pushed.state}): ${plainLine(pushed.text)}\n` +
        'It is part of the first prompt when an agent starts; one that runs already is not told.',
    };
  },
});

/** `MIN123`, `MIN_123`, `#123`: work for the wrong agent if it were taken for the first word of the text. */
const nearlyAnId = /^(?:#\d+|[A-Za-z]{1,10}[_ #]?\d+)$/;

/** The first word is the agent's issue when it looks like one. */
async function splitWords(
  context: Parameters<typeof readText>[0],
  words: readonly string[],
  file: string | undefined,
): Promise<{ given: string | undefined; text: string }> {
  const [first, ...others] = words;
  const startsWithId = first !== undefined && parseIssueId(first) !== undefined;
  if (!startsWithId && first !== undefined && others.length > 0 && nearlyAnId.test(first)) {
    throw usageError(`"${plainLine(first)}" is not an issue id.`, 'An issue id looks like MIN-123.');
  }
  const rest = startsWithId ? others : words;
  if (file !== undefined && rest.length > 0) {
    throw usageError('The work is given twice: as words and with --file.', 'Leave one of them out.');
  }
  const text = file === undefined ? rest.join(' ') : await readText(context, file);
  if (text.trim() === '') throw usageError('There is no work to push.', 'pan work hook push MIN-142 "rebase on main"');
  return { given: startsWithId ? first : undefined, text };
}
