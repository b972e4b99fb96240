import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Agent, StartPlan, TellResult } from '../../../runner/protocol/models.ts';
import { platform } from '../../support/platform.ts';
import { patienceMs, type RunnerHome, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('how an agent ends', () => {
  const the = useRunnerHome();

  async function start(home: RunnerHome, steps: readonly (readonly Record<string, unknown>[])[]): Promise<string> {
    home.script(steps);
    await home.addProject();
    const id = await home.issue('End in some way');
    await home.json(['work', 'issue', id]);
    return id;
  }

  it('is parked at a usage limit, with the time when it ends', async () => {
    const id = await start(the(), [[{ usageLimit: { minutes: 90 } }]]);
    const agent = await the().agent(id, 'parked');
    assert.match(agent.reason, /^usage limit until \d\d:\d\d$/);
    assert.notEqual(agent.pid, null);
  });

  it('is crashed with the exit code of its program', async () => {
    const id = await start(the(), [[{ crash: 7 }]]);
    assert.equal((await the().agent(id, 'crashed')).reason, 'rehearsal ended with exit code 7');
  });

  it('is crashed with the signal that ended its program', async () => {
    const id = await start(the(), [[{ crash: 'SIGKILL' }]]);
    assert.equal((await the().agent(id, 'crashed')).reason, 'rehearsal was ended by signal 9');
  });

  it('is stopped after a kill, and no restart of the daemon revives it', async () => {
    const home = the();
    const id = await start(home, [[{ hang: true }]]);
    const { pid } = await home.agent(id, 'working');
    const { agent } = await home.json<{ agent: Agent }>(['work', 'kill', id]);
    assert.deepEqual([agent.status, agent.pid], ['stopped', null]);
    // A zombie that nobody has reaped yet has no start time and is no process any more.
    assert.equal(await platform.startTimeOf(pid ?? 0), undefined);
    await home.json(['daemon', 'restart']);
    const [after] = (await home.json<{ agents: Agent[] }>(['work', 'status'])).agents;
    assert.deepEqual([after?.status, after?.pid, after?.fence], ['stopped', null, 1]);
    const told = await home.pan(['work', 'tell', id, 'are you there?']);
    assert.equal(told.code, 1);
    assert.match(told.stderr, /has no running agent[\s\S]*pan work resume MIN-1/);
  });

  it('goes on with the same conversation when it is resumed', async () => {
    const home = the();
    const record = path.join(home.folder, 'second turn');
    const id = await start(home, [[{ say: 'first' }], [{ record: { path: record } }]]);
    const before = await home.agent(id, 'idle');
    await home.json(['work', 'kill', id]);
    const { agent } = await home.json<{ agent: Agent }>(['work', 'resume', id]);
    assert.deepEqual([agent.sessionId, agent.fence], [before.sessionId, 2]);
    await home.agent(id, 'idle');
    const told = await home.json<TellResult>(['work', 'tell', id, 'what did we say?']);
    assert.equal(told.outcome, 'delivered');
    await waitFor(() => (existsSync(record) ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the second turn of the same conversation',
    });
    const transcript = path.join(home.paths.rehearsalFolder, `${before.sessionId}.jsonl`);
    assert.match(readFileSync(transcript, 'utf8'), /rehearsal|first/);
  });

  it('is told to carry on when it was interrupted in the middle of a turn', async () => {
    const home = the();
    const record = path.join(home.folder, 'carry on');
    const id = await start(home, [[{ hang: true }], [{ record: { path: record } }]]);
    await home.agent(id, 'working');
    await home.json(['work', 'kill', id]);
    await home.json(['work', 'resume', id]);
    await home.agent(id, 'idle');
    assert.match(readFileSync(record, 'utf8'), /^Your session was interrupted/);
  });

  it('keeps what its terminal showed', async () => {
    const home = the();
    const id = await start(home, [[{ say: 'these were my last words' }, { hang: true }]]);
    await home.agent(id, 'working');
    const live = await waitFor(
      async () => {
        const log = await home.json<{ text: string; source: string }>(['work', 'logs', id, '--screen']);
        return log.text.includes('these were my last words') ? log : undefined;
      },
      { timeoutMs: patienceMs, what: 'the words on the screen' },
    );
    assert.equal(live.source, 'screen');
    await home.json(['work', 'kill', id]);
    const kept = await home.json<{ text: string; source: string }>(['work', 'logs', id, '--screen']);
    assert.equal(kept.source, 'kept');
    assert.match(kept.text, /these were my last words/);
  });

  it('may say itself that it is done, and nothing that people decide', async () => {
    const home = the();
    const out = path.join(home.folder, 'out');
    const sh = (line: string) => ({ run: ['sh', '-c', `${line} >>"${out}" 2>&1; echo "= $?" >>"${out}"`] });
    const id = await start(home, [
      [
        sh('pan work kill MIN-2'),
        sh('pan work kill MIN-1'),
        sh('pan work tell MIN-2 hello'),
        sh('pan work hook check'),
        sh('env -u PAN_AGENT_ID -u PAN_LAUNCH_ID pan work kill MIN-2'),
        { edit: { path: 'done.txt', text: 'done' } },
        { commit: 'Finish' },
        sh('pan work done'),
      ],
    ]);
    const agent = await home.agent(id, (each) => each.status === 'done' && each.pid === null);
    assert.match(agent.reason, /1 commit/);
    const said = readFileSync(out, 'utf8').split(/= (\d+)\n/);
    const codes = said.filter((_, index) => index % 2 === 1);
    assert.deepEqual(codes, ['1', '1', '1', '0', '1', '0'], said.join('\n'));
    for (const refused of [0, 2, 4, 8]) assert.match(said[refused] ?? '', /agent-min-1 may not do this/);
  });
});

describe('a program that the user named as a runtime', () => {
  const the = useRunnerHome();

  /** A tool that writes down how it was started and ends as its argument says. */
  function makeTool(home: RunnerHome, ending: string): string {
    const tool = path.join(home.folder, 'my tool');
    const seen = path.join(home.folder, 'seen');
    writeFileSync(
      tool,
      `#!/bin/sh
out='${seen}'
{ for word in "$@"; do printf '<%s>\\n' "$word"; done
  printf '%s|%s|%s|%s|%s\\n' "$PAN_AGENT_ID" "$PAN_ISSUE_ID" "$PAN_WORKSPACE" "$PAN_PROJECT" "$MY_VAR"
  pwd; } >"$out.tmp"
mv "$out.tmp" "$out"
${ending}
`,
      { mode: 0o755 },
    );
    const command = [tool, 'a b', '{issueId}', '{workspace}', '{promptFile}', 'p={prompt}', 's={sessionId}'];
    home.config(
      `[runtimes.mytool]\ncommand = ${JSON.stringify(command)}\n[runtimes.mytool.env]\nMY_VAR = "x $(touch never) y"\n`,
    );
    return seen;
  }

  async function startTool(home: RunnerHome): Promise<string> {
    await home.addProject();
    const id = await home.issue('Use my tool');
    await home.json(['work', 'issue', id, '--runtime', 'mytool']);
    return id;
  }

  it('gets every placeholder and variable, and messages as typed text', async () => {
    const home = the();
    const seen = makeTool(
      home,
      `IFS= read -r line; printf '%s' "$line" >'${path.join(home.folder, 'told')}'; exec sleep 1000`,
    );
    const id = await startTool(home);
    await waitFor(() => (existsSync(seen) ? true : undefined), { timeoutMs: patienceMs, what: 'the tool to start' });
    const agent = await home.agent(id, 'working');
    const lines = readFileSync(seen, 'utf8');
    assert.ok(
      lines.startsWith(
        `<a b>\n<${id}>\n<${agent.workspace}>\n<${home.paths.agent(agent.id).prompt}>\n<p=# ${id}: Use my tool\n`,
      ),
    );
    assert.match(lines, /^<s=[0-9a-f]{8}-[0-9a-f-]{27}>$/m);
    const tail = lines.trimEnd().split('\n').slice(-2);
    assert.deepEqual(tail, [
      `${agent.id}|${id}|${agent.workspace}|${home.repository.path}|x $(touch never) y`,
      agent.workspace,
    ]);
    assert.ok(lines.includes(readFileSync(home.paths.agent(agent.id).prompt, 'utf8')));
    const told = await home.json<TellResult>(['work', 'tell', id, 'hello $(touch never) `x` "q"']);
    assert.equal(told.outcome, 'sent');
    const file = path.join(home.folder, 'told');
    const text = await waitFor(() => (existsSync(file) ? readFileSync(file, 'utf8') || undefined : undefined), {
      timeoutMs: patienceMs,
      what: 'the message',
    });
    assert.equal(text, 'hello $(touch never) `x` "q"');
    assert.ok(!existsSync(path.join(agent.workspace, 'never')));
    await home.json(['work', 'kill', id]);
  });

  it('is stopped when it ends well', async () => {
    const home = the();
    makeTool(home, 'exit 0');
    const id = await startTool(home);
    assert.equal((await home.agent(id, 'stopped')).reason, 'mytool ended by itself (exit code 0)');
    const resumed = await home.pan(['work', 'resume', id]);
    assert.equal(resumed.code, 1);
    assert.match(resumed.stderr, /keeps no conversation/);
    const attached = await home.pan(['work', 'attach', id]);
    assert.match(attached.stderr, /has no running agent\.\nhint: Start one: pan work issue MIN-1/);
  });

  it('is crashed when it ends badly', async () => {
    const home = the();
    makeTool(home, 'exit 3');
    const id = await startTool(home);
    assert.equal((await home.agent(id, 'crashed')).reason, 'mytool ended with exit code 3');
  });

  it('is refused in one sentence when it is not installed, and nothing is made', async () => {
    const home = the();
    home.config('[runtimes.mytool]\ncommand = ["no-such-program-anywhere"]\n');
    await home.addProject();
    const id = await home.issue('Use a tool that is not there');
    const { code, stderr } = await home.pan(['work', 'issue', id, '--runtime', 'mytool']);
    assert.equal(code, 1);
    assert.match(stderr, /no-such-program-anywhere was not found/);
    assert.deepEqual(await home.agents(), []);
    assert.ok(!existsSync(path.join(home.repository.path, 'workspaces')));
  });

  it('is refused where its tool is certainly not logged in, and nothing is made', async () => {
    const home = the();
    home.config('[runtimes.codex]\ncommand = ["true"]\n[runtimes.gemini]\ncommand = ["true"]\n');
    await home.addProject();
    const id = await home.issue('Log in first');
    for (const runtime of ['codex', 'gemini']) {
      const { code, stderr } = await home.pan(['work', 'issue', id, '--runtime', runtime]);
      assert.deepEqual([code, /would stop at that question/.test(stderr)], [1, true], stderr);
    }
    assert.deepEqual(await home.agents(), []);
    assert.ok(!existsSync(path.join(home.repository.path, 'workspaces')));
  });

  it('is started again with what it ran before, while that is configured', async () => {
    const home = the();
    makeTool(home, 'exit 0');
    const id = await startTool(home);
    await home.agent(id, 'stopped');
    const planned = async () => (await home.json<{ plan: StartPlan }>(['work', 'issue', id, '--dry-run'])).plan.runtime;
    assert.equal(await planned(), 'mytool');
    home.config('');
    assert.equal(await planned(), 'rehearsal');
  });
});
