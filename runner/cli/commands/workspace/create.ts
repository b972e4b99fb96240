import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';

export const workspaceCreate = defineCommand({
  path: 'workspace create',
  summary: 'Create a git worktree for an issue',
  args: { id: { kind: 'required', summary: 'the issue' } },
  options: {},
  json: 'workspace',
  examples: ['pan workspace create MIN-142'],
  async run(context, { id }) {
    const runner = await context.runner();
    context.progress.advance('creating workspace');
    const workspace = await runner.workspaces.create({ id });
    return {
      document: { workspace },
      text: () =>
        `${workspace.issueId} has a workspace on ${plainLine(workspace.branch)}: ${plainLine(workspace.path)}`,
    };
  },
});
