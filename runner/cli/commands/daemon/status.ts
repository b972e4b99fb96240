import { defineCommand } from '../../command.ts';
import { longAge } from '../../render/duration.ts';
import { plainLine } from '../../render/plainText.ts';
import { noDaemonStatus } from '../../stopDaemon.ts';

export const daemonStatus = defineCommand({
  path: 'daemon status',
  summary: 'Say whether the runner runs; does not start it',
  args: {},
  options: {},
  json: 'daemonStatus',
  examples: ['pan daemon status'],
  async run(context) {
    const runner = await context.runningRunner();
    if (runner === undefined) {
      return { document: noDaemonStatus, text: () => 'The runner is not running. Start it: pan up' };
    }
    const status = await runner.daemon.status();
    return {
      document: status,
      text: ({ now }) =>
        [
          `The runner is up${status.startedAt === null ? '' : ` ${longAge(status.startedAt, now)}`}${status.pinned ? ', kept running by pan up' : ''}.`,
          `  pid      ${status.pid ?? '?'}`,
          `  version  ${plainLine(status.version ?? '?')} (protocol ${plainLine(status.protocolVersion ?? '?')})`,
          `  socket   ${plainLine(status.socket ?? '?')}`,
          `  clients  ${status.clients}`,
        ].join('\n'),
    };
  },
});
