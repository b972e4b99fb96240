import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Agent, Explanation, HookItem, TellResult, Workspace } from '../../../runner/protocol/models.ts';
import { patienceMs, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('an issue becomes a finished branch', () => {
  const the = useRunnerHome();

  it('from the issue over a permission, a queued message and a hook item to done', async () => {
    const home = the();
    const record = path.join(home.folder, 'told');
    home.script([
      [
        { say: 'I will add a file' },
        { permission: { tool: 'Bash', command: 'npm test' }, always: true },
        { edit: { path: 'feature.txt', text: 'made for {issueId}\n' } },
        { commit: 'Add a feature for {issueId}' },
      ],
      [{ record: { path: record } }],
    ]);
    await home.addProject();
    const id = await home.issue('Add a feature');
    const started = await home.json<{ agent: Agent }>(['work', 'issue', id]);
    assert.equal(started.agent.runtime, 'rehearsal');
    const waiting = await home.agent(id, 'waiting');
    assert.equal(waiting.reason, 'allow: npm test');

    const told = await home.json<TellResult>(['work', 'tell', id, 'and add tests, too']);
    assert.equal(told.outcome, 'queued');
    const still = await home.agent(id, () => true);
    assert.deepEqual([still.status, still.reason], ['waiting', 'allow: npm test']);
    assert.ok(!existsSync(path.join(still.workspace, 'feature.txt')), 'the message did not approve what was asked');
    assert.ok(!existsSync(record), 'the message was not read while the question was open');

    home.press(id, 'Enter');
    await waitFor(() => (existsSync(record) ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the queued message to arrive',
    });
    assert.equal(readFileSync(record, 'utf8'), 'and add tests, too');
    const idle = await home.agent(id, 'idle');
    assert.equal(home.repository.git(['log', '-1', '--format=%s', idle.branch]), `Add a feature for ${id}`);

    await home.json(['work', 'hook', 'push', id, 'rebase on main']);
    const { items } = await home.json<{ items: HookItem[] }>(['work', 'hook', 'check', id]);
    assert.deepEqual(
      items.map(({ text, state }) => [text, state]),
      [['rebase on main', 'queued']],
    );
    assert.equal((await home.agent(id, () => true)).hookItems, 1);

    const { workspaces } = await home.json<{ workspaces: Workspace[] }>(['workspace', 'list']);
    assert.deepEqual(
      workspaces.map(({ issueId, branch, state, ahead, changedFiles, agent }) => ({
        issueId,
        branch,
        state,
        ahead,
        changedFiles,
        agent,
      })),
      [{ issueId: id, branch: 'feature/min-1', state: 'ok', ahead: 1, changedFiles: 0, agent: 'agent-min-1' }],
    );
    const live = await home.pan(['workspace', 'destroy', id, '--json']);
    assert.equal(live.code, 1, 'a workspace with a running agent is not destroyed');

    const done = await home.json<{ agent: Agent }>(['work', 'done', id]);
    assert.deepEqual([done.agent.status, done.agent.pid], ['done', null]);
    assert.match(done.agent.reason, /1 commit on feature\/min-1/);
    assert.equal((await home.json<{ issue: { state: string } }>(['issue', 'show', id])).issue.state, 'done');

    const refused = await home.pan(['workspace', 'destroy', id]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /1 commit/);
    assert.ok(existsSync(idle.workspace), 'a refused destroy removes nothing');
    const forced = await home.json<{ rescueRef: string | null }>(['workspace', 'destroy', id, '--force']);
    assert.match(forced.rescueRef ?? '', /^refs\/panopticon\/rescue\/MIN-1\//i);
    assert.equal(home.repository.git(['show', `${forced.rescueRef}:feature.txt`]), `made for ${id}`);
    assert.ok(!existsSync(idle.workspace));
  });

  it('refuses to remove what was never committed, and keeps it when forced to', async () => {
    const home = the();
    home.script([[{ edit: { path: 'left behind.txt', text: 'precious' } }]]);
    await home.addProject();
    const id = await home.issue('Leave something behind');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'idle');
    const killed = await home.json<{ agent: Agent }>(['work', 'kill', id]);
    assert.equal(killed.agent.reason, 'stopped by you · 1 file not committed');
    const refused = await home.pan(['workspace', 'destroy', id]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /left behind\.txt/);
    const { rescueRef } = await home.json<{ rescueRef: string }>(['workspace', 'destroy', id, '--force']);
    assert.equal(home.repository.git(['show', `${rescueRef}:left behind.txt`]), 'precious');
    const { evidence } = await home.json<Explanation>(['work', 'why', id]);
    const texts = evidence.map(({ text }) => text);
    assert.ok(texts.includes(`its workspace is gone: there is no ${killed.agent.workspace}`), texts.join('\n'));
    assert.ok(texts.includes('killed by you'), texts.join('\n'));
  });

  it('says what would happen and changes nothing with --dry-run', async () => {
    const home = the();
    await home.addProject();
    const id = await home.issue('Only look');
    const { plan } = await home.json<{ plan: { createsWorkspace: boolean; branch: string; prompt: string } }>([
      'work',
      'issue',
      id,
      '--dry-run',
    ]);
    assert.deepEqual([plan.createsWorkspace, plan.branch], [true, 'feature/min-1']);
    assert.match(plan.prompt, /Only look/);
    const bypass = await home.pan(['work', 'issue', id, '--mode', 'bypass', '--dry-run']);
    assert.match(bypass.stdout, /\n {2}needs {3}--yes: nobody has allowed bypass in \S+ yet\n/);
    const refused = await home.pan(['work', 'issue', id, '--mode', 'bypass']);
    assert.match(
      refused.stderr,
      /bypass lets agents in \S+ run everything without asking; nobody has allowed it there/,
    );
    assert.deepEqual(await home.agents(), []);
    assert.equal(home.repository.git(['branch', '--list', 'feature/*']), '');
    assert.ok(!existsSync(path.join(home.repository.path, 'workspaces')));
    assert.equal((await home.json<{ issue: { state: string } }>(['issue', 'show', id])).issue.state, 'todo');
  });

  it('accepts an id in each of its spellings, from any directory', async () => {
    const home = the();
    home.script([[{ say: 'hello' }]]);
    await home.addProject();
    const id = await home.issue('Spell me');
    await home.json(['work', 'issue', id.toLowerCase()], { cwd: home.folder });
    await home.agent(id, 'idle');
    for (const spelling of [id, id.toLowerCase(), `agent-${id.toLowerCase()}`]) {
      const { code, stdout } = await home.pan(['work', 'why', spelling, '--json'], { cwd: '/' });
      assert.equal(code, 0, `${spelling}: ${stdout}`);
    }
    const bad = await home.pan(['work', 'kill', 'min 1;touch x']);
    assert.equal(bad.code, 1);
    assert.equal(
      bad.stderr
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('error:')).length,
      1,
    );
  });
});
