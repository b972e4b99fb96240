import { defineCommand } from '../../command.ts';
import { noDaemonStatus, stopDaemon } from '../../stopDaemon.ts';

export const daemonStop = defineCommand({
  path: 'daemon stop',
  summary: 'Stop the runner; agents keep working',
  description: 'The next command that needs it starts it again. See pan down for staying away.',
  args: {},
  options: {},
  json: 'daemonStatus',
  examples: ['pan daemon stop'],
  async run(context) {
    const runner = await context.runningRunner();
    if (runner === undefined) return { document: noDaemonStatus, text: () => 'The runner is not running.' };
    await stopDaemon(context, runner);
    return { document: noDaemonStatus, text: () => 'The runner stopped. Your agents keep working.' };
  },
});
