import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';

export const workspaceDestroy = defineCommand({
  path: 'workspace destroy',
  summary: 'Remove the workspace of an issue',
  description:
    'Refuses when something would be lost: modified, untracked or unpushed work, or an agent that runs. With --force ' +
    'everything is kept under a rescue ref first, and pan workspace restore brings it back.',
  args: { id: { kind: 'required', summary: 'the issue' } },
  options: { force: { kind: 'flag', summary: 'keep a rescue of what would be lost, then remove it' } },
  json: 'destroyResult',
  examples: ['pan workspace destroy MIN-142', 'pan workspace destroy MIN-142 --force'],
  async run(context, { id }, { force }) {
    const result = await (await context.runner()).workspaces.destroy({ id, force });
    return {
      document: result,
      text: () => {
        const removed = `The workspace of ${result.issueId} is removed: ${plainLine(result.path)}`;
        if (result.rescueRef === null) return removed;
        return `${removed}\nEverything in it is kept as ${plainLine(result.rescueRef)}\nGet it back: pan workspace restore ${result.issueId}`;
      },
    };
  },
});
