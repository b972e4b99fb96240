import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';

export const issueClose = defineCommand({
  path: 'issue close',
  summary: 'Close an issue as done or canceled',
  args: { id: { kind: 'required', summary: 'the issue' } },
  options: {
    as: { kind: 'choice', value: 'outcome', choices: ['done', 'canceled'], summary: 'done unless given' },
  },
  json: 'issue',
  examples: ['pan issue close MIN-142', 'pan issue close MIN-142 --as canceled'],
  async run(context, { id }, options) {
    const issue = await (await context.runner()).issues.close({ id, as: options.as });
    return { document: { issue }, text: () => `${issue.id} is ${issue.state}: ${plainLine(issue.title)}` };
  },
});
