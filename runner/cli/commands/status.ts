import { defineCommand } from '../command.ts';
import { needsSomebody } from '../render/statusMark.ts';
import { statusPage } from '../render/statusPage.ts';

export const status = defineCommand({
  path: 'status',
  summary: 'Show in one glance who needs you and what runs',
  args: {},
  options: {},
  json: 'status',
  examples: ['pan status'],
  async run(context) {
    const runner = await context.runner();
    const [overview, daemon] = await Promise.all([runner.overview(), runner.daemon.status()]);
    const facts = { daemon, ...overview };
    return {
      document: facts,
      shown: overview.agents.filter(({ status }) => needsSomebody(status)).map(({ title, reason }) => [title, reason]),
      text: (look) => statusPage(facts, look),
    };
  },
});
