import { defineCommand } from '../command.ts';

export const up = defineCommand({
  path: 'up',
  summary: 'Start the runner, and keep it until pan down',
  description: 'Without this the runner starts by itself when it is needed and ends by itself when nothing needs it.',
  args: {},
  options: {},
  json: 'daemonStatus',
  examples: ['pan up'],
  async run(context) {
    const status = await (await context.runner()).daemon.pin({ pinned: true });
    return { document: status, text: () => `The runner is up (pid ${status.pid ?? '?'}) and stays until pan down.` };
  },
});
