import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';
import { shortWorkspace } from '../../render/shortWorkspace.ts';

export const workKill = defineCommand({
  path: 'work kill',
  summary: 'Stop an agent and everything it started',
  description: 'Its workspace, branch and conversation stay. It is not started again by itself.',
  args: { id: { kind: 'required', summary: 'the issue of the agent' } },
  options: {},
  json: 'agent',
  examples: ['pan work kill MIN-142'],
  async run(context, { id }) {
    const runner = await context.runner();
    const agent = await runner.agents.kill({ id });
    const { next } = context.json ? { next: null } : await runner.agents.why({ id });
    return {
      document: { agent },
      text: () =>
        agent.status === 'unreadable'
          ? `What ran for ${agent.issueId} is ended; its state stays unreadable.\nStart it again: pan work issue ${agent.issueId}`
          : `${agent.issueId} is ${agent.status}; its work is kept in ${shortWorkspace(agent.workspace)}` +
            (next === null ? '' : `\nGo on with it: ${plainLine(next)}`),
    };
  },
});
