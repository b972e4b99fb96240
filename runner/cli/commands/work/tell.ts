import { defineCommand } from '../../command.ts';
import { spokenId } from '../../ownIssue.ts';
import { readText } from '../../readText.ts';
import { seconds } from '../../render/duration.ts';
import { plainLine } from '../../render/plainText.ts';
import { usageError } from '../../usageError.ts';

export const workTell = defineCommand({
  path: 'work tell',
  summary: 'Send a message to an agent',
  description:
    'Says whether the agent has it (delivered), will get it (queued), or gives no receipt (sent). Ends with exit ' +
    'code 1 when the message did not arrive. A text that starts with a dash goes after --.',
  args: {
    id: { kind: 'required', summary: 'the issue of the agent' },
    text: { kind: 'rest', summary: 'the message' },
  },
  options: {
    file: { kind: 'text', value: 'file', summary: 'the message from a file; - is standard input' },
    dryRun: { kind: 'flag', summary: 'only say what a message would do now' },
  },
  json: 'tellResult',
  examples: [
    'pan work tell MIN-142 "add tests, too"',
    'pan work tell MIN-142 --file review.md',
    'pan work tell MIN-142 --dry-run',
  ],
  async run(context, { id, text: words }, { file, dryRun }) {
    if (dryRun) {
      const preview = await (await context.runner()).agents.tellPreview({ id });
      return { document: preview, text: () => plainLine(preview.detail) };
    }
    if (file !== undefined && words.length > 0) {
      throw usageError('The message is given twice: as words and with --file.', 'Leave one of them out.');
    }
    const text = file === undefined ? words.join(' ') : await readText(context, file);
    if (text.trim() === '')
      throw usageError('There is no message.', `pan work tell ${id} "add tests, too", or from a pipe: --file -`);
    const result = await (await context.runner()).agents.tell({ id, text });
    return {
      document: result,
      exitCode: result.outcome === 'failed' ? 1 : 0,
      problem:
        result.outcome === 'failed'
          ? {
              message: `${spokenId(id)} did not get the message: ${result.detail}`,
              hint: `Look why: pan work why ${spokenId(id)}`,
            }
          : undefined,
      text: () => {
        const detail = plainLine(result.detail);
        switch (result.outcome) {
          case 'delivered':
            return `Delivered to ${spokenId(id)}${result.tookMs === null ? '' : ` in ${seconds(result.tookMs)}`}`;
          case 'queued':
            return `Queued: ${detail}`;
          case 'sent':
            return `Sent: ${detail}`;
          case 'failed':
            return '';
        }
      },
    };
  },
});
