import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';
import { shortWorkspace } from '../../render/shortWorkspace.ts';

export const workResume = defineCommand({
  path: 'work resume',
  summary: 'Start a stopped agent again where it was',
  args: { id: { kind: 'required', summary: 'the issue of the agent' } },
  options: {},
  json: 'agent',
  examples: ['pan work resume MIN-142'],
  async run(context, { id }) {
    const runner = await context.runner();
    context.progress.advance('starting agent');
    const agent = await runner.agents.resume({ id });
    return {
      document: { agent },
      text: () => `${agent.issueId} resumed: ${plainLine(agent.runtime)} in ${shortWorkspace(agent.workspace)}`,
    };
  },
});
