import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Agent } from '../../../runner/protocol/models.ts';
import { platform } from '../../support/platform.ts';
import { patienceMs, type RunnerHome, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('killing an agent', () => {
  const the = useRunnerHome();
  const strangers: ChildProcess[] = [];

  afterEach(async () => {
    for (const stranger of strangers.splice(0)) {
      const exit = once(stranger, 'exit');
      // It leads a group of its own, in which its sleep is, too.
      process.kill(-(stranger.pid ?? 0), 'SIGKILL');
      await exit;
    }
  });

  /** A shell line that starts a sleep in some way and notes its pid in `<name>.pid`. */
  function sleeper(home: RunnerHome, name: string, line: (sleep: string) => string) {
    const sleep = `sh -c 'echo $$ >"${path.join(home.folder, name)}.pid"; exec sleep 86400'`;
    return { run: ['sh', '-c', line(sleep)] };
  }

  async function pidOf(home: RunnerHome, name: string): Promise<number> {
    const file = path.join(home.folder, `${name}.pid`);
    const text = await waitFor(() => (existsSync(file) ? readFileSync(file, 'utf8').trim() || undefined : undefined), {
      timeoutMs: patienceMs,
      what: `${name} to start`,
    });
    return Number(text);
  }

  async function isAlive(pid: number): Promise<boolean> {
    return (await platform.startTimeOf(pid)) !== undefined;
  }

  const ways = {
    background: (sleep: string) => `${sleep} &`,
    nohup: (sleep: string) => `nohup ${sleep} >/dev/null 2>&1 &`,
    'own session': (sleep: string) => `setsid ${sleep} >/dev/null 2>&1 &`,
    orphan: (sleep: string) => `(setsid sh -c "(${sleep.replaceAll('$', '\\$').replaceAll('"', '\\"')}) &" &)`,
    'deaf to TERM and HUP': (sleep: string) => `(trap '' TERM HUP; ${sleep}) &`,
    'without its environment': (sleep: string) => `env -i ${sleep} &`,
  };

  async function startFamily(home: RunnerHome): Promise<{ id: string; pids: number[]; agent: Agent }> {
    home.script([[...Object.entries(ways).map(([name, line]) => sleeper(home, name, line)), { hang: true }]]);
    await home.addProject();
    const id = await home.issue('Start a dev server');
    await home.json(['work', 'issue', id]);
    const pids = await Promise.all(Object.keys(ways).map((name) => pidOf(home, name)));
    for (const pid of pids) assert.ok(await isAlive(pid));
    return { id, pids, agent: await home.agent(id, 'working') };
  }

  it('ends everything that it started, in whatever way, and nothing else', async () => {
    const home = the();
    const { id, pids, agent } = await startFamily(home);
    const launch = home.paths.agent(agent.id).launchScript;
    const similar: [string, NodeJS.ProcessEnv][] = [
      ['sh -c "sleep 86400; :" # the same words', {}],
      [`sleep 86400; : ${launch}`, {}],
      ['sleep 86400; : the ids of the agent', { PAN_AGENT_ID: agent.id, PAN_ISSUE_ID: id }],
      ['sleep 86400; : another launch', { PAN_LAUNCH_ID: '01KAN8Z6Y0Q3V5M3X1C7R9T2B4' }],
    ];
    for (const [line, env] of similar) {
      const stranger = spawn('sh', ['-c', line], {
        env: { PATH: process.env['PATH'], ...env },
        cwd: agent.workspace,
        stdio: 'ignore',
        detached: true,
      });
      await once(stranger, 'spawn');
      strangers.push(stranger);
    }
    const killed = await home.json<{ agent: Agent }>(['work', 'kill', id]);
    assert.deepEqual([killed.agent.status, killed.agent.pid], ['stopped', null]);
    const left = await Promise.all(
      pids.map(async (pid, index) => ((await isAlive(pid)) ? Object.keys(ways)[index] : undefined)),
    );
    assert.deepEqual(
      left.filter((name) => name !== undefined),
      [],
    );
    assert.equal(await isAlive(agent.pid ?? 0), false);
    for (const stranger of strangers)
      assert.equal(stranger.exitCode ?? stranger.signalCode, null, 'a stranger was ended');
  });

  it('ends everything also when its state file is broken', async () => {
    const home = the();
    const { id, pids } = await startFamily(home);
    await home.json(['daemon', 'stop']);
    writeFileSync(home.paths.agent('agent-min-1').state, '{');
    assert.equal((await home.pan(['work', 'kill', id])).code, 0);
    for (const pid of pids) assert.equal(await isAlive(pid), false);
    await home.json(['work', 'issue', id]);
    assert.equal((await home.agent(id, 'working')).fence, 2);
    await home.json(['work', 'kill', id]);
  });

  for (const intent of ['killed', 'done']) {
    it(`finishes an ending (${intent}) in which the daemon was killed`, async () => {
      const home = the();
      const { id, pids, agent } = await startFamily(home);
      await home.json(['daemon', 'stop']);
      const { state, events } = home.paths.agent(agent.id);
      const before = readFileSync(state, 'utf8');
      writeFileSync(state, before.replace('"intent": "running"', `"intent": "${intent}"`));
      const { launchId } = JSON.parse(before) as { launchId: string };
      const noted = {
        source: 'runner',
        at: new Date().toISOString(),
        launchId,
        event: { type: 'intent', intent, by: 'user' },
      };
      appendFileSync(events, `${JSON.stringify(noted)}\n`);
      const ended = await home.agent(id, (each) => each.pid === null);
      assert.equal(ended.status, intent === 'killed' ? 'stopped' : 'done');
      await waitFor(async () => ((await Promise.all(pids.map(isAlive))).some(Boolean) ? undefined : true), {
        timeoutMs: patienceMs,
        what: 'the rest of the family to end',
      });
    });
  }

  it('ends MIN-1 and never MIN-12, also when MIN-1 is gone', async () => {
    const home = the();
    home.script([[{ hang: true }]]);
    await home.addProject();
    for (let number = 1; number <= 12; number++) await home.issue(`Issue ${number}`);
    await home.json(['work', 'issue', 'MIN-12']);
    const { pid } = await home.agent('MIN-12', 'working');
    const assertUntouched = async () => {
      const agent = await home.agent('MIN-12', () => true);
      assert.deepEqual([agent.status, agent.pid, await isAlive(pid ?? 0)], ['working', pid, true]);
    };
    assert.equal((await home.pan(['work', 'kill', 'MIN-1'])).code, 1, 'there is no agent MIN-1');
    await assertUntouched();
    await home.json(['work', 'issue', 'MIN-1']);
    await home.json(['work', 'kill', 'MIN-1']);
    await assertUntouched();
    assert.equal((await home.pan(['work', 'kill', 'MIN-1'])).code, 1, 'it is killed already');
    await assertUntouched();
    await home.json(['work', 'resume', 'MIN-1']);
    home.tmux('kill-session', '-t', '=agent-min-1');
    await home.agent('MIN-1', 'crashed');
    for (const args of [
      ['tell', 'MIN-1', 'hello'],
      ['attach', 'MIN-1'],
      ['logs', 'MIN-1'],
      ['kill', 'MIN-1'],
      ['done', 'MIN-1'],
    ]) {
      await home.pan(['work', ...args]);
      await assertUntouched();
    }
    assert.doesNotMatch(home.tmux('capture-pane', '-p', '-t', '=agent-min-12:'), /hello/);
  });
});
