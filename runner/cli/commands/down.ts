import { rm } from 'node:fs/promises';
import { daemonPlaces } from '../../protocol/places.ts';
import { defineCommand } from '../command.ts';
import { noDaemonStatus, stopDaemon } from '../stopDaemon.ts';

export const down = defineCommand({
  path: 'down',
  summary: 'Stop the runner until somebody needs it again',
  description: 'Takes back pan up. Agents keep working in their terminals; nothing supervises them meanwhile.',
  args: {},
  options: {},
  json: 'daemonStatus',
  examples: ['pan down'],
  async run(context) {
    const runner = await context.runningRunner();
    if (runner === undefined) {
      // It may have crashed while it was pinned; the next one would be, too.
      await rm(daemonPlaces(context.host.home()).pinFile, { force: true });
      return { document: noDaemonStatus, text: () => 'The runner is not running.' };
    }
    await runner.daemon.pin({ pinned: false });
    await stopDaemon(context, runner);
    return { document: noDaemonStatus, text: () => 'The runner stopped. Your agents keep working.' };
  },
});
