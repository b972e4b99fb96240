import { rm } from 'node:fs/promises';
import { daemonPlaces } from '../../protocol/places.ts';
import { defineCommand } from '../command.ts';
import { noDaemonStatus, stopForGood } from '../stopDaemon.ts';

export const down = defineCommand({
  path: 'down',
  summary: 'Stop the runner until somebody needs it again',
  description:
    'Takes back pan up. Agents keep working in their terminals; nothing supervises them meanwhile. Editors start the ' +
    'runner again only when they are asked to, pan with the next command that needs it.',
  args: {},
  options: {},
  json: 'daemonStatus',
  examples: ['pan down'],
  async run(context) {
    const runner = await context.runningRunner();
    if (runner === undefined) {
      // It may have crashed while it was pinned; the next one would be, too.
      await rm(daemonPlaces(context.host.home()).pinFile, { force: true });
      await context.host.markDown(true);
      return { document: noDaemonStatus, text: () => 'The runner is not running.' };
    }
    await runner.daemon.pin({ pinned: false });
    await stopForGood(context, runner);
    return { document: noDaemonStatus, text: () => 'The runner stopped. Your agents keep working.' };
  },
});
