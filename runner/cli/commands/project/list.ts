import { defineCommand } from '../../command.ts';
import { projectTable } from '../../render/projectTable.ts';

export const projectList = defineCommand({
  path: 'project list',
  summary: 'List registered repositories',
  args: {},
  options: {},
  json: 'projects',
  examples: ['pan project list --json'],
  async run(context) {
    const projects = await (await context.runner()).projects.list();
    return { document: { projects }, text: (look) => projectTable(projects, look) };
  },
});
