import { defineCommand } from '../../command.ts';
import { rescueTable } from '../../render/rescueTable.ts';

export const workspaceRescues = defineCommand({
  path: 'workspace rescues',
  summary: 'List the work of destroyed workspaces',
  description: 'Newest first. A rescue is kept until you delete its ref: git update-ref -d REF',
  args: {},
  options: { project: { kind: 'text', value: 'name', summary: 'only of this project' } },
  json: 'rescues',
  examples: ['pan workspace rescues', 'pan workspace rescues --project myn'],
  async run(context, _args, { project }) {
    const rescues = await (await context.runner()).workspaces.rescues({ project });
    return { document: { rescues }, text: (look) => rescueTable(rescues, look) };
  },
});
