import { defineCommand } from '../../command.ts';
import { workspaceTable } from '../../render/workspaceTable.ts';

export const workspaceList = defineCommand({
  path: 'workspace list',
  summary: 'List workspaces and what is in them',
  args: {},
  options: { project: { kind: 'text', value: 'name', summary: 'only of this project' } },
  json: 'workspaces',
  examples: ['pan workspace list'],
  async run(context, _args, { project }) {
    const workspaces = await (await context.runner()).workspaces.list({ project });
    return { document: { workspaces }, text: (look) => workspaceTable(workspaces, look) };
  },
});
