import { defineCommand } from '../../command.ts';
import { issuePage } from '../../render/issuePage.ts';

export const issueShow = defineCommand({
  path: 'issue show',
  summary: 'Show an issue',
  args: { id: { kind: 'required', summary: 'the issue' } },
  options: {},
  json: 'issue',
  examples: ['pan issue show MIN-142'],
  async run(context, { id }) {
    const issue = await (await context.runner()).issues.show({ id });
    return { document: { issue }, text: (look) => issuePage(issue, look) };
  },
});
