import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import { patienceMs, RunnerHome } from '../../support/runnerHome.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('a tool that dies before its launch is noted', () => {
  const folder = useTempFolder();
  let home: RunnerHome;
  beforeEach(() => {
    writeSlowTmux();
    home = new RunnerHome({ env: { PATH: `${folder()}:${process.env['PATH']}` } });
  });
  afterEach(() => home.stop());

  it('has its death noted once, and its work back on its hook', async () => {
    const tool = path.join(home.folder, 'tool');
    writeFileSync(tool, '#!/bin/sh\ncase "$*" in *version*) echo 2.1.0; exit 0;; esac\nexit 3\n', { mode: 0o755 });
    home.config(`[runtimes.claude]\ncommand = ${JSON.stringify([tool])}\n`);
    await home.addProject();
    // There is a server whose deaths are told.
    const other = await home.issue('Live');
    await home.json(['work', 'issue', other]);
    await home.agent(other, 'idle');
    const id = await home.issue('Die');
    const runner = await home.runner();
    await home.json(['work', 'hook', 'push', id, 'Rebase on main']);
    await home.json(['work', 'issue', id, '--runtime', 'claude']);
    const queued = async () =>
      (await runner.hooks.check({ id })).every(({ state }) => state === 'queued') ? true : undefined;
    await waitFor(queued, { timeoutMs: patienceMs, what: 'the work to be queued again' });
    const { since } = await home.agent(id, 'crashed');
    assert.equal((await home.agent(id, 'crashed')).since, since);
    const deaths = readFileSync(home.paths.agent(agentIdOf(id)).events, 'utf8').match(/"type":"died"/g);
    assert.equal(deaths?.length, 1);
  });

  /** A tmux whose client ends long after what it was asked for is done, as on a busy machine. */
  function writeSlowTmux(): void {
    const real = execFileSync('sh', ['-c', 'command -v tmux'], { encoding: 'utf8' }).trim();
    const script = [
      '#!/bin/sh',
      `case " $* " in *" -C "*) exec ${real} "$@";; esac`,
      `${real} "$@"`,
      'code=$?',
      'case " $* " in *" new-session "*) sleep 0.7;; esac',
      'exit $code',
      '',
    ];
    writeFileSync(path.join(folder(), 'tmux'), script.join('\n'), { mode: 0o755 });
  }
});
