import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import type { AgentRequest, AnswerResult, DaemonStatus, Explanation } from '../../../runner/protocol/models.ts';
import { patienceMs, type RunnerHome, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

const ask = { permission: { tool: 'Bash', command: 'npm test' }, always: true };

describe('answers to what agents ask', () => {
  const the = useRunnerHome();

  /** An agent that plays these turns, once it waits. */
  async function start(...turns: Parameters<RunnerHome['script']>[0]): Promise<string> {
    the().script(turns);
    await the().addProject();
    const id = await the().issue('Ask');
    await the().json(['work', 'issue', id]);
    await the().agent(id, 'waiting');
    return id;
  }

  async function requests(id?: string): Promise<AgentRequest[]> {
    return (await the().json<{ requests: AgentRequest[] }>(['work', 'requests', ...(id === undefined ? [] : [id])]))
      .requests;
  }

  async function only(id: string): Promise<AgentRequest> {
    const [request, another] = await requests(id);
    assert.ok(request !== undefined && another === undefined);
    return request;
  }

  async function evidence(id: string): Promise<string[]> {
    const { evidence } = await the().json<Explanation>(['work', 'why', id]);
    return evidence.map(({ text }) => text);
  }

  async function shows(id: string, pattern: RegExp): Promise<void> {
    const screen = () => the().tmux('capture-pane', '-p', '-t', `=${agentIdOf(id)}:`);
    const probe = () => pattern.test(screen()) || undefined;
    await waitFor(probe, { timeoutMs: patienceMs, what: `the screen to show ${pattern}` });
  }

  it('are listed with the whole command and what can be said to it', async () => {
    const id = await start([ask]);
    const { id: requestId, since, cwd, ...request } = await only(id);
    assert.match(requestId, /^[0-9a-f-]{36}$/);
    assert.ok(Date.parse(since) > 0 && cwd.endsWith('feature-min-1'));
    assert.deepEqual(request, {
      agentId: 'agent-min-1',
      issueId: 'MIN-1',
      title: 'Ask',
      runtime: 'rehearsal',
      kind: 'permission',
      oneLine: 'npm test',
      brief: true,
      text: 'npm test',
      tool: 'Bash',
      answers: ['allow', 'session', 'deny', 'text'],
      questions: [],
      answeredBy: 'hook',
    });
  });

  it('allow, and the agent goes on without a key', async () => {
    const id = await start([ask, { say: 'tested' }]);
    const { id: requestId } = await only(id);
    const result = await the().json<AnswerResult>(['work', 'answer', id, 'allow', '--request', requestId]);
    assert.equal(result.detail, 'Allowed: npm test');
    assert.equal(result.requestId, requestId);
    assert.ok(result.tookMs !== null && result.tookMs < 3_000);
    await the().agent(id, 'idle');
    await shows(id, /Allowed: Bash: npm test\n.*tested/);
    assert.ok((await evidence(id)).includes('allowed: npm test, by you from pan'));
    assert.deepEqual(await requests(), []);
    assert.deepEqual(answerFiles(the(), id), []);
  });

  it('say to people what was answered', async () => {
    const id = await start([ask]);
    const page = await the().pan(['work', 'requests', id]);
    const [, name = ''] = /pan work answer MIN-1 allow --request (\w{4})\n/.exec(page.stdout) ?? [];
    const unknown = await the().pan(['work', 'answer', id, 'allow', '--request', '123']);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /There is no request 123 of MIN-1\./);
    const { stdout } = await the().pan(['work', 'answer', id, 'yes', '--request', name]);
    assert.match(stdout, /^Allowed: npm test \(MIN-1\), going on after \d+(\.\d)? m?s\n$/);
  });

  it('deny with the reason, which the agent gets', async () => {
    const id = await start([ask, { say: 'never' }], [ask]);
    const result = await the().json<AnswerResult>(['work', 'answer', id, 'deny', '-m', 'use pnpm']);
    assert.equal(result.detail, 'Denied with "use pnpm": npm test');
    await the().agent(id, 'idle');
    await shows(id, /Denied: Bash: npm test \(use pnpm\)/);
    await the().json(['work', 'tell', id, 'again']);
    await the().agent(id, 'waiting');
    await the().json(['work', 'answer', id, 'use', 'yarn']);
    await shows(id, /Denied: Bash: npm test \(use yarn\)/);
    assert.ok((await evidence(id)).includes('denied "use yarn": npm test, by you from pan'));
  });

  it('for the session spare the same question', async () => {
    const id = await start([ask, ask, { say: 'both' }]);
    const result = await the().json<AnswerResult>(['work', 'answer', id, 'session']);
    assert.equal(result.detail, 'Allowed for this session: npm test');
    await the().agent(id, 'idle');
    await shows(id, /Allowed for this session: Bash: npm test\n(.*\n)*.*both/);
  });

  it('to a question are numbers, labels or words', async () => {
    const question = { question: { text: 'Keep the BOM?', options: ['Keep it', 'Drop it'] } };
    const id = await start([question, question, question]);
    const request = await only(id);
    assert.deepEqual([request.kind, request.oneLine, request.brief], ['question', 'Keep the BOM?', false]);
    for (const [words, answered] of [
      [['2'], 'Drop it'],
      [['keep', 'it'], 'Keep it'],
      [['ask', 'Ada'], 'ask Ada'],
    ] as const) {
      await the().agent(id, 'waiting');
      const { detail } = await the().json<AnswerResult>(['work', 'answer', id, ...words]);
      assert.equal(detail, `Answered "${answered}": Keep the BOM?`);
      await shows(id, new RegExp(`Answered: ${answered}`));
    }
    await the().agent(id, 'idle');
  });

  it('that do not fit the question change nothing', async () => {
    const id = await start([{ question: { text: 'Which?', options: ['a', 'b'] } }]);
    for (const [words, message] of [
      [['3'], /There is no option 3: the question of MIN-1 has 2/],
      [['allow'], /does not take "allow"/],
    ] as const) {
      const { code, stderr } = await the().pan(['work', 'answer', id, ...words]);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
    assert.equal((await the().agent(id, () => true)).status, 'waiting');
  });

  it('to a request that was answered in the terminal are refused, with the time', async () => {
    const id = await start([ask]);
    const { id: requestId } = await only(id);
    the().press(id, 'Enter');
    await the().agent(id, 'idle');
    const { code, stderr } = await the().pan(['work', 'answer', id, 'allow', '--request', requestId]);
    assert.equal(code, 1);
    assert.match(stderr, /That request has gone: it was answered in the terminal at \d\d:\d\d\./);
    const unnamed = await the().pan(['work', 'answer', id, 'allow']);
    assert.match(unnamed.stderr, /MIN-1 asks nothing/);
  });

  it('to a request that another one has replaced are refused', async () => {
    const id = await start([ask, { permission: { tool: 'Bash', command: 'rm -rf build' }, always: true }]);
    const { id: requestId } = await only(id);
    the().press(id, 'Enter');
    const replaced = async () => ((await only(id).catch(() => undefined))?.text === 'rm -rf build' ? true : undefined);
    await waitFor(replaced, { timeoutMs: patienceMs, what: 'the next request' });
    const { code, stderr } = await the().pan(['work', 'answer', id, 'allow', '--request', requestId]);
    assert.equal(code, 1);
    assert.match(stderr, /That request has changed since you saw it\.\n.*pan work requests MIN-1/);
    assert.equal((await only(id)).text, 'rm -rf build');
  });

  it('to an agent that ended are refused', async () => {
    const id = await start([ask]);
    const { id: requestId } = await only(id);
    await the().json(['work', 'kill', id]);
    const { stderr } = await the().pan(['work', 'answer', id, 'allow', '--request', requestId]);
    assert.match(stderr, /That request has gone: the agent ended/);
    assert.deepEqual(await requests(), []);
  });

  it('reach the agent also after the daemon was killed while it waited', async () => {
    const id = await start([ask, { say: 'tested' }]);
    const before = await only(id);
    process.kill((await the().json<DaemonStatus>(['daemon', 'status'])).pid ?? 0, 'SIGKILL');
    await waitFor(async () => ((await the().daemons()).length === 0 ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the daemon to die',
    });
    assert.deepEqual(await only(id), before);
    await the().json(['work', 'answer', id, 'allow', '--request', before.id]);
    await the().agent(id, 'idle');
    await shows(id, /tested/);
  });

  it('are not for agents to give, nor to see', async () => {
    const id = await start([ask]);
    for (const args of [
      ['work', 'answer', id, 'allow'],
      ['work', 'requests', id],
    ]) {
      const { code, stderr } = await the().pan(args, { env: { PAN_AGENT_ID: agentIdOf(id) } });
      assert.equal(code, 1);
      assert.match(stderr, /agent-min-1 may not do this/);
    }
    assert.equal((await the().agent(id, () => true)).status, 'waiting');
  });

  it('given twice at once count once', async () => {
    const id = await start([ask, ask]);
    const { id: requestId } = await only(id);
    const both = await Promise.all(
      [1, 2].map(() => the().pan(['work', 'answer', id, 'allow', '--request', requestId])),
    );
    assert.deepEqual(both.map(({ code }) => code).sort(), [0, 1]);
    await the().agent(id, 'waiting');
    assert.notEqual((await only(id)).id, requestId);
  });
});

function answerFiles(home: RunnerHome, id: string): string[] {
  const folder = path.join(home.paths.agent(agentIdOf(id)).answers);
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
}
