import { defineCommand } from '../../command.ts';
import { stopDaemon } from '../../stopDaemon.ts';

export const daemonRestart = defineCommand({
  path: 'daemon restart',
  summary: 'Stop the runner and start it again',
  description: 'Agents keep working. Starts the runner, too, when it was not running.',
  args: {},
  options: {},
  json: 'daemonStatus',
  examples: ['pan daemon restart'],
  async run(context) {
    const running = await context.runningRunner();
    if (running !== undefined) await stopDaemon(context, running);
    const status = await (await context.runner()).daemon.status();
    return { document: status, text: () => `The runner is up again (pid ${status.pid ?? '?'}).` };
  },
});
