import { defineCommand } from '../../command.ts';
import { requestPages, requestTable } from '../../render/requestPages.ts';

export const workRequests = defineCommand({
  path: 'work requests',
  summary: 'Show what agents ask and wait for',
  description: 'With an issue: the whole of what its agent asks, and what to type to answer it.',
  args: { id: { kind: 'optional', summary: 'the issue of one agent' } },
  options: {},
  json: 'requests',
  examples: ['pan work requests', 'pan work requests MIN-142'],
  async run(context, { id }) {
    const requests = await (await context.runner()).requests.list(id === undefined ? {} : { id });
    return {
      document: { requests },
      shown: requests.map(({ title, oneLine, text }) => [title, oneLine, text]),
      text: (look) => (id === undefined ? requestTable(requests, look) : requestPages(requests, id, look)),
    };
  },
});
