import path from 'node:path';
import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';

export const projectAdd = defineCommand({
  path: 'project add',
  summary: 'Register a git repository',
  description:
    'The repository must have a commit. Workspaces and the local issues are kept out of git status through ' +
    '.git/info/exclude; no tracked file is touched.',
  args: { path: { kind: 'required', summary: 'the repository, or a folder in it' } },
  options: {
    name: { kind: 'text', value: 'name', summary: 'what to call it; unless given, the name of its folder' },
    prefix: {
      kind: 'text',
      value: 'prefix',
      summary: 'of its issue ids, such as MIN; unless given, made from the name',
    },
  },
  json: 'project',
  examples: ['pan project add .', 'pan project add ~/src/myn --prefix MYN'],
  async run(context, args, { name, prefix }) {
    const runner = await context.runner();
    const before = await runner.projects.list();
    const project = await runner.projects.add({ path: path.resolve(context.host.cwd(), args.path), name, prefix });
    const known = before.some((each) => each.path === project.path) ? ' already' : '';
    return {
      document: { project },
      text: () =>
        `${plainLine(project.name)} is registered${known}: ids ${project.prefix}-1 and up, ${plainLine(project.path)}\n` +
        'Next, create an issue: pan issue create <title>',
    };
  },
});
