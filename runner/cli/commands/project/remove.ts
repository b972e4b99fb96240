import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';

export const projectRemove = defineCommand({
  path: 'project remove',
  summary: 'Forget a repository; its files stay',
  args: { name: { kind: 'required', summary: 'its name, see pan project list' } },
  options: {},
  json: 'project',
  examples: ['pan project remove myn'],
  async run(context, { name }) {
    const project = await (await context.runner()).projects.remove({ name });
    return {
      document: { project },
      text: () => `${plainLine(project.name)} is no longer registered. ${plainLine(project.path)} is untouched.`,
    };
  },
});
