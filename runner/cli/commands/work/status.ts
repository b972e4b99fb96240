import { defineCommand } from '../../command.ts';
import { agentTable } from '../../render/agentTable.ts';

export const workStatus = defineCommand({
  path: 'work status',
  summary: 'List agents, those who need you first',
  args: {},
  options: {},
  json: 'agents',
  examples: ['pan work status', 'pan work status --json'],
  async run(context) {
    const agents = await (await context.runner()).agents.list();
    return {
      document: { agents },
      text: (look) => (agents.length === 0 ? 'No agents. Start one: pan work issue <id>' : agentTable(agents, look)),
    };
  },
});
