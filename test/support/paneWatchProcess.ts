// A daemon that does nothing but watch panes: says the pid of its control client. With `stay` it stays, otherwise nothing
// but the watch could keep it. Arguments: socket, folder, stay or leave.
import path from 'node:path';
import { createExec } from '../../runner/core/exec.ts';
import { createSpawnPiped } from '../../runner/core/spawnPiped.ts';
import { PaneWatch } from '../../runner/core/tmux/paneWatch.ts';
import { TmuxServer } from '../../runner/core/tmux/tmuxServer.ts';
import { unrefClock } from './unrefClock.ts';
import { waitFor } from './waitFor.ts';

const [socket = '', folder = '', mode = ''] = process.argv.slice(2);
const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const files = { socket, configFile: path.join(folder, 'unused.conf'), spoolFolder: folder };
const server = new TmuxServer({ exec: createExec(env), log, env, ...files });
const watch = new PaneWatch({ server, spawnPiped: createSpawnPiped(env), clock: unrefClock, log });

void (async () => {
  const busy = setInterval(() => undefined, 60_000);
  await watch.start();
  const pid = await waitFor(() => watch.clientPid, { timeoutMs: 10_000, what: 'the control client' });
  await watch.refresh();
  process.stdout.write(`${pid} ${watch.snapshot().kind}\n`);
  if (mode !== 'stay') clearInterval(busy);
})();
