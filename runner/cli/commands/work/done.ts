import { defineCommand } from '../../command.ts';
import { ownIssue } from '../../ownIssue.ts';
import { plainLine } from '../../render/plainText.ts';

export const workDone = defineCommand({
  path: 'work done',
  summary: 'Say that the work on an issue is finished',
  description: 'Agents call it when they are done; the id may be left out in an agent or in a workspace.',
  args: { id: { kind: 'optional', summary: 'the issue; unless given, your own' } },
  options: {},
  json: 'agent',
  examples: ['pan work done', 'pan work done MIN-142'],
  async run(context, args) {
    const id = await ownIssue(context, args.id, 'work done');
    const agent = await (await context.runner()).agents.done({ id });
    return { document: { agent }, text: () => `${agent.issueId} is ${agent.status}: ${plainLine(agent.reason)}.` };
  },
});
