import { defineCommand } from '../../command.ts';
import { agentTable, troubleLines } from '../../render/agentTable.ts';

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
      text: (look) => {
        if (agents.length === 0) return 'No agents. Start one: pan work issue <id>';
        const troubles = troubleLines(agents);
        return [agentTable(agents, look), ...(troubles.length === 0 ? [] : ['', ...troubles])].join('\n');
      },
    };
  },
});
