import { defineCommand } from '../../command.ts';
import { noDaemonStatus, stopForGood } from '../../stopDaemon.ts';

export const daemonStop = defineCommand({
  path: 'daemon stop',
  summary: 'Stop the runner; agents keep working',
  description: 'The next command that needs it starts it again; editors do not. See pan down for taking back pan up.',
  args: {},
  options: {},
  json: 'daemonStatus',
  examples: ['pan daemon stop'],
  async run(context) {
    const runner = await context.runningRunner();
    if (runner === undefined) return { document: noDaemonStatus, text: () => 'The runner is not running.' };
    await stopForGood(context, runner);
    return { document: noDaemonStatus, text: () => 'The runner stopped. Your agents keep working.' };
  },
});
