import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Agent, Issue, TellResult } from '../../../runner/protocol/models.ts';
import { platform } from '../../support/platform.ts';
import { patienceMs, type RunnerHome, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('what an agent leaves behind', () => {
  const the = useRunnerHome();

  async function start(home: RunnerHome, steps: readonly (readonly Record<string, unknown>[])[]): Promise<string> {
    home.script(steps);
    await home.addProject();
    const id = await home.issue('Leave something');
    await home.json(['work', 'issue', id]);
    return id;
  }

  async function content(file: string): Promise<string> {
    const read = () => (existsSync(file) ? readFileSync(file, 'utf8').trim() || undefined : undefined);
    return waitFor(read, { timeoutMs: patienceMs, what: `${path.basename(file)} to be written` });
  }

  async function gone(pid: number, what: string): Promise<void> {
    const probe = async () => ((await platform.startTimeOf(pid)) === undefined ? true : undefined);
    await waitFor(probe, { timeoutMs: patienceMs, what });
  }

  it('of a crash is ended before it is started anew', async () => {
    const home = the();
    const file = path.join(home.folder, 'server.pid');
    const server = ['sh', '-c', `setsid sh -c 'echo $$ >"${file}"; exec sleep 86400' >/dev/null 2>&1 &`];
    const id = await start(home, [[{ run: server }, { waitFor: { path: file } }, { crash: 7 }], [{ hang: true }]]);
    const pid = Number(await content(file));
    await home.agent(id, 'crashed');
    assert.notEqual(await platform.startTimeOf(pid), undefined);
    await home.json(['work', 'resume', id]);
    assert.equal(await platform.startTimeOf(pid), undefined);
  });

  it('by a kill that its runner did not survive is ended by the next one', async () => {
    const home = the();
    const file = path.join(home.folder, 'deaf.pid');
    const deaf = ['sh', '-c', `(trap '' TERM; echo $$ >"${file}"; while :; do sleep 1; done) >/dev/null 2>&1 &`];
    const id = await start(home, [[{ run: deaf }, { hang: true }]]);
    await content(file);
    await home.agent(id, 'working');
    const state = home.paths.agent(`agent-${id.toLowerCase()}`).state;
    const [daemon] = await home.daemons();
    const kill = home.pan(['work', 'kill', id]);
    const intended = () => (readFileSync(state, 'utf8').includes('"intent": "killed"') ? true : undefined);
    await waitFor(intended, { timeoutMs: patienceMs, what: 'the intent' });
    process.kill(daemon ?? 0, 'SIGKILL');
    await kill;
    const [agent] = (await home.json<{ agents: Agent[] }>(['work', 'status'])).agents;
    assert.equal(agent?.status, 'stopped');
    await gone(Number(readFileSync(file, 'utf8')), 'what ignored TERM to end');
  });

  it('does not include a dialog that a broken configuration would let a message approve', async () => {
    const home = the();
    const granted = path.join(home.folder, 'granted');
    const ask = { permission: { tool: 'Bash', command: `touch ${granted}` }, always: true };
    const id = await start(home, [[ask, { run: ['touch', granted] }]]);
    await home.agent(id, 'waiting');
    writeFileSync(home.paths.configFile, '[defaults\n');
    const told = await home.json<TellResult>(['work', 'tell', id, 'do not']);
    assert.equal(told.outcome, 'queued');
    await home.agent(id, 'waiting');
    assert.ok(!existsSync(granted));
  });

  it('is no program of a tool that says itself that it is done and reports nothing else', async () => {
    const home = the();
    home.config('[runtimes.tool]\ncommand = ["sh", "-c", "pan work done; exec sleep 86400"]\n');
    await home.addProject();
    const id = await home.issue('Be done');
    const { agent } = await home.json<{ agent: Agent }>(['work', 'issue', id, '--runtime', 'tool']);
    await home.agent(id, (now) => now.status === 'done' && now.pid === null);
    await gone(agent.pid ?? 0, 'the tool to end');
  });

  it('of a resume that failed is its conversation: the next one finds it', async () => {
    const home = the();
    const id = await start(home, [[{ say: 'first' }], [{ hang: true }]]);
    const { sessionId } = await home.agent(id, 'idle');
    await home.json(['work', 'kill', id]);
    const script = home.paths.agent(`agent-${id.toLowerCase()}`).launchScript;
    rmSync(script);
    mkdirSync(path.join(script, 'in the way'), { recursive: true });
    assert.notEqual((await home.pan(['work', 'resume', id])).code, 0);
    rmSync(script, { recursive: true });
    const { agent } = await home.json<{ agent: Agent }>(['work', 'resume', id]);
    assert.equal(agent.sessionId, sessionId);
  });

  it('is an issue that is in progress again once it is resumed', async () => {
    const home = the();
    const id = await start(home, [[{ say: 'first' }], [{ hang: true }]]);
    await home.agent(id, 'idle');
    await home.json(['work', 'done', id]);
    await home.json(['work', 'resume', id]);
    const { issue } = await home.json<{ issue: Issue }>(['issue', 'show', id]);
    assert.equal(issue.state, 'in_progress');
  });

  it('is nothing where there was none: an issue without an agent says so', async () => {
    const home = the();
    await home.addProject();
    const id = await home.issue('Wait');
    for (const command of ['why', 'kill', 'logs', 'done']) {
      const ran = await home.pan(['work', command, id]);
      assert.match(ran.stderr, /MIN-1 has no agent yet\.\nhint: Start one: pan work issue MIN-1/);
    }
  });
});
