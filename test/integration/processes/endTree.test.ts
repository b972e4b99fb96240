import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ulid } from 'ulid';
import { endTree } from '../../../runner/core/processes/endTree.ts';
import { systemClock } from '../../../runner/core/systemClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { useTmux } from '../../support/useTmux.ts';
import { waitFor } from '../../support/waitFor.ts';

const familyProgram = path.join(import.meta.dirname, '../../support/family.cjs');
const otherLaunchId = ulid();
const timeoutMs = 10_000;

describe('ending the process tree of a launch', () => {
  const tmux = useTmux(useTempFolder());
  const toEnd: number[] = [];
  afterEach(() => {
    for (const pid of toEnd.splice(0)) kill(pid);
  });

  const deps = () => ({ platform: tmux().platform, clock: systemClock });

  async function startFamily(
    name: string,
    launchId: string,
  ): Promise<{ leader: { pid: number; startTime: string }; pids: number[] }> {
    const file = path.join(tmux().folder, `${name}.pids`);
    const leader = await tmux().run(name, [process.execPath, familyProgram, file], { launchId });
    await waitFor(() => existsSync(file) || undefined, { timeoutMs, what: 'the family to be there' });
    const pids: number[] = Object.values(JSON.parse(readFileSync(file, 'utf8')));
    toEnd.push(leader.pid, ...pids);
    return { leader, pids };
  }

  async function living(pids: readonly number[]): Promise<number[]> {
    const listed = new Set((await tmux().platform.list()).map((facts) => facts.pid));
    return pids.filter((pid) => listed.has(pid));
  }

  it('ends every member, wherever it hid, and nobody else', async () => {
    const target = await startFamily('agent-min-1', tmux().launchId);
    const other = await startFamily('agent-min-12', otherLaunchId);
    const bystander = spawn('sleep', ['1000'], {
      stdio: 'ignore',
      env: { ...process.env, PAN_LAUNCH_ID: otherLaunchId },
    });
    const untouched = [Number(bystander.pid), other.leader.pid, ...other.pids];
    toEnd.push(Number(bystander.pid));

    const result = await endTree({ leader: target.leader, launchId: tmux().launchId }, deps());

    assert.deepEqual(await living([target.leader.pid, ...target.pids]), []);
    assert.deepEqual(result, { ended: target.pids.length + 1, survivors: 0 });
    assert.deepEqual(await living(untouched), untouched);
    assert.deepEqual(
      (await tmux().server.listPanes()).map((pane) => [pane.session, pane.dead]),
      [
        ['agent-min-1', true],
        ['agent-min-12', false],
      ],
    );
  });

  it('lets the leader record the exit of its tool', async () => {
    const { leader } = await startFamily('agent-min-1', tmux().launchId);
    await endTree({ leader, launchId: tmux().launchId }, deps());
    const record = JSON.parse(readFileSync(path.join(tmux().folder, 'agent-min-1.exit.json'), 'utf8'));
    assert.deepEqual([record.launchId, record.exitCode], [tmux().launchId, 143]);
  });

  it('finds what carries the launch id when the leader is gone or not known', async () => {
    const { leader, pids } = await startFamily('agent-min-1', tmux().launchId);
    const stripped = Number(pids.at(-1));
    kill(leader.pid);
    await waitFor(async () => (await living([leader.pid])).length === 0 || undefined, {
      timeoutMs,
      what: 'the leader to end',
    });
    const { survivors } = await endTree({ leader: undefined, launchId: tmux().launchId }, deps());
    assert.equal(survivors, 0);
    assert.deepEqual(await living(pids.filter((pid) => pid !== stripped)), []);
  });

  it('leaves a process alone that has the leader’s pid but not its start', async () => {
    const { leader } = await startFamily('agent-min-1', tmux().launchId);
    const result = await endTree({ leader: { ...leader, startTime: 'earlier' }, launchId: otherLaunchId }, deps());
    assert.deepEqual(result, { ended: 0, survivors: 0 });
    assert.deepEqual(await living([leader.pid]), [leader.pid]);
  });

  it('counts as survivor what cannot be signalled, within a bound', async () => {
    const { leader } = await startFamily('agent-min-1', tmux().launchId);
    const signals = new Set<string>();
    const refuse = (_pid: number, signal: string): void => {
      signals.add(signal);
      throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
    };
    let nowMs = 0;
    const clock = { ...systemClock, monotonicMs: () => (nowMs += 1_000) };
    const { ended, survivors } = await endTree(
      { leader, launchId: tmux().launchId },
      { ...deps(), clock, kill: refuse },
    );
    assert.deepEqual({ ended, survivors }, { ended: 0, survivors: 8 });
    assert.deepEqual([...signals], ['SIGTERM', 'SIGKILL']);
  });

  it('refuses an id that is none, which everything could carry', async () => {
    await assert.rejects(endTree({ leader: undefined, launchId: '' }, deps()), /not a launch id/);
  });
});

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
