import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createExec } from '../../../runner/core/exec.ts';
import { isAlive } from '../../../runner/core/platform/isAlive.ts';
import { TmuxServer } from '../../../runner/core/tmux/tmuxServer.ts';
import type { UserError } from '../../../runner/protocol/errors.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { useTmux } from '../../support/useTmux.ts';
import { waitFor } from '../../support/waitFor.ts';

const recorder = path.join(import.meta.dirname, '../../support/rawRecorder.cjs');
const timeoutMs = 10_000;

describe('the tmux server', () => {
  const folder = useTempFolder();
  const tmux = useTmux(folder);

  const names = async (): Promise<string[]> => (await tmux().server.listPanes()).map((pane) => pane.session).sort();

  async function record(name: string, mode?: 'bracketed'): Promise<() => Buffer> {
    const file = path.join(tmux().folder, `${name}.bytes`);
    await tmux().run(name, [process.execPath, recorder, file, mode ?? 'plain']);
    await tmux().pane(name, (pane) => pane.title === 'ready', 'the recorder to be ready');
    return () => readFileSync(file);
  }

  it('has no panes while it does not run, and asking does not start it', async () => {
    assert.deepEqual(await tmux().server.listPanes(), []);
    assert.equal(await tmux().server.readPanes(), undefined);
    assert.equal(existsSync(path.join(tmux().folder, 's')), false);
  });

  it('has no panes where its start went no further than itself, and takes the first session then', async () => {
    await tmux().run('agent-min-1', ['sleep', '1000']);
    await tmux().server.killSession('agent-min-1');
    assert.deepEqual(await tmux().server.readPanes(), []);
    await tmux().run('agent-min-2', ['sleep', '1000']);
    assert.deepEqual(await names(), ['agent-min-2']);
  });

  it('starts with the first session, in a home of any name, and executes no part of that name', async () => {
    const leader = await tmux().run('agent-min-1', ['sleep', '1000']);
    const pane = await tmux().pane('agent-min-1', (one) => !one.dead, 'the pane');
    assert.deepEqual(
      { pid: pane.pid, dead: pane.dead, exitStatus: pane.exitStatus },
      { pid: leader.pid, dead: false, exitStatus: null },
    );
    assert.equal(statSync(path.join(tmux().folder, 'tmux.conf')).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder()), [path.basename(tmux().folder)]);
    assert.equal(existsSync(path.join(tmux().folder, 'x')), false);
  });

  it('takes many first sessions at once', async () => {
    const wanted = Array.from({ length: 8 }, (_, index) => `agent-min-${index + 1}`);
    await Promise.all(wanted.map((name) => tmux().run(name, ['sleep', '1000'])));
    assert.deepEqual(await names(), wanted);
  });

  it('starts again right after it was ended', async () => {
    await tmux().run('agent-min-1', ['sleep', '1000']);
    await tmux().server.killServer();
    await tmux().run('agent-min-2', ['sleep', '1000']);
    assert.deepEqual(await names(), ['agent-min-2']);
  });

  it('ends exactly the session that was named, also when that is gone and another begins with its name', async () => {
    await tmux().run('agent-min-12', ['sleep', '1000']);
    await tmux().run('agent-min-1', ['sleep', '1000']);
    await tmux().server.killSession('agent-min-1');
    assert.deepEqual(await names(), ['agent-min-12']);
    await tmux().server.killSession('agent-min-1');
    assert.deepEqual(await names(), ['agent-min-12']);
    await assert.rejects(tmux().server.paste('agent-min-1', 'text'), code('sessionGone'));
    await assert.rejects(tmux().server.type('agent-min-1', [{ kind: 'key', key: 'Enter' }]), code('sessionGone'));
    await assert.rejects(tmux().server.capture('agent-min-1', 10), code('sessionGone'));
  });

  it('hangs up on the tool when its session ends', async () => {
    const leader = await tmux().run('agent-min-1', ['sleep', '1000']);
    const { platform } = tmux();
    const tool = await waitFor(
      async () => (await platform.list()).find((facts) => facts.parentPid === leader.pid && facts.command === 'sleep'),
      { timeoutMs, what: 'the tool to run' },
    );
    await tmux().server.killSession('agent-min-1');
    const ended = async (): Promise<true | undefined> =>
      (await isAlive(tool, platform)) || (await isAlive(leader, platform)) ? undefined : true;
    await waitFor(ended, { timeoutMs, what: 'both to end' });
  });

  it('refuses a second session of the same name', async () => {
    await tmux().run('agent-min-1', ['sleep', '1000']);
    await assert.rejects(tmux().run('agent-min-1', ['sleep', '1000']), code('sessionExists'));
  });

  it('pastes text byte for byte, whatever it holds and however long it is', async () => {
    const bytes = await record('agent-min-1');
    const text = `-t x; $(touch x) \`touch x\` #{pane_pid} "'\\\n\t\r\u001b[31m\u0001 ü✳👩‍🚀 ${'0123456789'.repeat(10_000)};`;
    await tmux().server.paste('agent-min-1', text);
    await tmux().server.type('agent-min-1', [{ kind: 'key', key: 'Enter' }]);
    const expected = Buffer.from(`${text}\r`);
    await waitFor(() => bytes().length >= expected.length || undefined, { timeoutMs, what: 'the pasted bytes' });
    assert.deepEqual(bytes(), expected);
  });

  it('marks a paste for a program that wants that, and text cannot forge the end of the mark', async () => {
    const bytes = await record('agent-min-1', 'bracketed');
    await tmux().server.paste('agent-min-1', 'a\nb\u001b[201~rm');
    await waitFor(() => bytes().includes('\u001b[201~') || undefined, { timeoutMs, what: 'the end of the paste' });
    assert.equal(bytes().toString(), '\u001b[200~a\nb[201~rm\u001b[201~');
  });

  it('pastes nothing for an empty text', async () => {
    const bytes = await record('agent-min-1');
    await tmux().server.paste('agent-min-1', '');
    await tmux().server.type('agent-min-1', [{ kind: 'key', key: 'C-u' }]);
    await waitFor(() => bytes().length > 0 || undefined, { timeoutMs, what: 'the key' });
    assert.equal(bytes().toString(), '\u0015');
  });

  it('captures the last lines with wrapped lines joined and without blank ends', async () => {
    await tmux().run('agent-min-1', ['sh', '-c', `seq 1 200; printf '%0300d\\n\\n\\n' 7; exec sleep 1000`]);
    const long = '7'.padStart(300, '0');
    const text = await waitFor(
      async () => {
        const captured = await tmux().server.capture('agent-min-1', 150);
        return captured.endsWith(long) ? captured : undefined;
      },
      { timeoutMs, what: 'the output' },
    );
    const lines = text.split('\n');
    assert.equal(lines.length, 150);
    assert.deepEqual([lines[0], lines.at(-2), lines.at(-1)], ['52', '200', long]);
  });

  it('keeps the status of an ended program and leaves a notice in the spool, after an exit and after a kill', async () => {
    await tmux().run('agent-min-1', ['sh', '-c', 'exit 3']);
    const killed = await tmux().run('agent-min-2', ['sleep', '1000']);
    const exited = await tmux().pane('agent-min-1', (pane) => pane.exitStatus !== null, 'the exit status');
    assert.deepEqual([exited.dead, exited.exitStatus, exited.signal], [true, 3, null]);
    process.kill(killed.pid, 'SIGKILL');
    const dead = await tmux().pane('agent-min-2', (pane) => pane.signal !== null, 'the signal');
    assert.deepEqual([dead.dead, dead.exitStatus, dead.signal], [true, null, 9]);
    const notices = await waitFor(
      () => {
        const found = readdirSync(tmux().spoolFolder);
        return found.length === 2 ? found.sort() : undefined;
      },
      { timeoutMs, what: 'the notices of death' },
    );
    assert.deepEqual(notices, ['agent-min-1.died', 'agent-min-2.died']);
  });

  it('shows a hostile title as text on the status line', async () => {
    await tmux().run('agent-min-1', ['sleep', '1000'], {
      title: '-x #[fg=red]#{pane_pid} #(touch x) \u001b]0;y\u0007end;',
    });
    const [command = '', ...args] = tmux().server.attachArgv('agent-min-1');
    await tmux().run('agent-min-2', ['env', 'TERM=xterm-256color', command, ...args]);
    const line = '-x #[fg=red]#{pane_pid} #(touch x) end;';
    await waitFor(async () => (await tmux().server.capture('agent-min-2', 60)).includes(line) || undefined, {
      timeoutMs,
      what: 'the status line',
    });
    assert.equal(existsSync(path.join(tmux().folder, 'x')), false);
  });

  it('says plainly that tmux or a folder is missing', async () => {
    const deps = { exec: createExec({ PATH: folder() }), env: { PATH: folder() }, log: tmux().log };
    const files = { socket: path.join(folder(), 's'), configFile: path.join(folder(), 'c'), spoolFolder: folder() };
    const without = new TmuxServer({ ...deps, ...files });
    await assert.rejects(without.requireInstalled(), code('tmuxMissing'));
    await assert.rejects(without.listPanes(), code('tmuxMissing'));
    const start = { name: 'agent-min-1', scriptPath: '/x', statusTitle: '' };
    await assert.rejects(without.startSession({ ...start, cwd: folder() }), code('tmuxMissing'));
    await tmux().server.requireInstalled();
    await assert.rejects(tmux().server.startSession({ ...start, cwd: '/nowhere' }), code('folderMissing'));
  });
});

function code(wanted: string): (error: UserError) => boolean {
  return (error) => {
    assert.equal(error.code, wanted);
    return true;
  };
}
