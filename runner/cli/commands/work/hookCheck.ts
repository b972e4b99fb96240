import { defineCommand } from '../../command.ts';
import { ownIssue } from '../../ownIssue.ts';
import { hookTable } from '../../render/hookTable.ts';

export const workHookCheck = defineCommand({
  path: 'work hook check',
  summary: "List what is on an agent's hook; takes nothing",
  description:
    'Every item that is not done, with its state: queued until an agent starts, handed with its first prompt, taken when ' +
    'its tool began to read that, done when the agent is. The id may be left out in an agent or in a workspace.',
  args: { id: { kind: 'optional', summary: 'the issue of the agent; unless given, your own' } },
  options: {},
  json: 'hookItems',
  examples: ['pan work hook check', 'pan work hook check MIN-142 --json'],
  async run(context, args) {
    const id = await ownIssue(context, args.id, 'work hook check', 'guess');
    const items = await (await context.runner()).hooks.check({ id });
    return { document: { items }, text: (look) => hookTable(items, look) };
  },
});
