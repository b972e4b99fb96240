import { defineCommand } from '../command.ts';
import { parseSince } from '../parseSince.ts';
import { costPage } from '../render/costPage.ts';
import { usageError } from '../usageError.ts';

export const cost = defineCommand({
  path: 'cost',
  summary: 'Show what agents used: tokens, and dollars',
  description: 'Read from what the AI tools write down, by the hour. Agents that have ended count, too.',
  args: { id: { kind: 'optional', summary: 'the issue of one agent; the same as --issue' } },
  options: {
    issue: { kind: 'text', value: 'id', summary: 'only the agent of this issue' },
    agent: { kind: 'text', value: 'id', summary: 'only this agent' },
    since: { kind: 'text', value: 'time', summary: 'only from then on: today, 12h, 7d, 2026-11-01' },
  },
  json: 'cost',
  examples: ['pan cost', 'pan cost --since today', 'pan cost MIN-142 --since 7d'],
  async run(context, { id }, { issue, agent, since }) {
    const [only, another] = [id, issue, agent].filter((each) => each !== undefined);
    if (another !== undefined) throw usageError('Two agents are named.', 'Name one of them: pan cost MIN-142');
    const from = since === undefined ? undefined : parseSince(since, context.host.now()).toISOString();
    const report = await (await context.runner()).costs.report({ id: only, since: from });
    return { document: report, text: (look) => costPage(report, since, look) };
  },
});
