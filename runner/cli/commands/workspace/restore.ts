import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';

export const workspaceRestore = defineCommand({
  path: 'workspace restore',
  summary: 'Bring a destroyed workspace and its work back',
  description:
    'Makes the workspace on its branch where it is gone, and puts the kept files into it, not committed. Commits that ' +
    'were made on a detached HEAD move the branch forward. Work that the branch got since is merged with. Nothing is ' +
    'overwritten, and the rescue stays.',
  args: { id: { kind: 'required', summary: 'the issue' } },
  options: { ref: { kind: 'text', value: 'ref', summary: 'the rescue, as the list names it; else the latest' } },
  json: 'restoreResult',
  examples: ['pan workspace restore MIN-142'],
  async run(context, { id }, { ref }) {
    const runner = await context.runner();
    context.progress.advance('restoring');
    const result = await runner.workspaces.restore({ id, ref });
    const { rescue, workspace } = result;
    return {
      document: result,
      text: () =>
        `${workspace.issueId} is back on ${plainLine(workspace.branch)}: ${plainLine(workspace.path)}\n` +
        `${rescue.files} ${rescue.files === 1 ? 'file' : 'files'} of ${plainLine(rescue.ref)}, not committed`,
    };
  },
});
