import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { quoteForSh } from '../../runner/core/text/quoteForSh.ts';
import { agentIdOf } from '../../runner/protocol/issueId.ts';
import { startCodexMock } from '../support/models/codexMock.ts';
import type { ModelReply, ModelTurn } from '../support/models/modelMock.ts';
import { patienceMs } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import { type RealTool, useRealAgents } from './support/realAgents.ts';

const codex: RealTool = {
  name: 'codex',
  startMock: (model) => startCodexMock(model),
  env: () => ({
    MOCK_KEY: 'sk-mock',
    GIT_AUTHOR_NAME: 'T',
    GIT_AUTHOR_EMAIL: 't@example.invalid',
    GIT_COMMITTER_NAME: 'T',
    GIT_COMMITTER_EMAIL: 't@example.invalid',
  }),
  seed: (userHome, { url }) => {
    mkdirSync(path.join(userHome, '.codex'));
    const provider = [`name = "mock"`, `base_url = "${url}/v1"`, `wire_api = "responses"`, `env_key = "MOCK_KEY"`];
    const config = ['model_provider = "mock"', '[model_providers.mock]', ...provider, ''].join('\n');
    writeFileSync(path.join(userHome, '.codex/config.toml'), config);
  },
};

const twelveLines = Array.from({ length: 12 }, (_, index) =>
  index === 5 ? '' : `${index + 1}.\tline "of" $(twelve) \\`,
).join('\n');

describe('Codex', function () {
  this.timeout(120_000);
  const agents = useRealAgents(codex);

  /** What the model answers one message with; results of tools and everything else get a sentence. */
  function onMessage(text: string, reply: ModelReply): void {
    agents().model((turn) =>
      turn.lastUserText === text && turn.toolResults.length === 0 ? reply : { kind: 'say', text: 'Done.' },
    );
  }

  function turnWith(text: string): Promise<ModelTurn> {
    return agents().turn((turn) => turn.lastUserText === text, text.slice(0, 60));
  }

  /** An agent that asks for leave to remove a folder. */
  async function startAsking(): Promise<{ id: string; victim: string }> {
    const id = await agents().startIdle('Clean up');
    const victim = path.join(await agents().workspace(id), 'victim');
    mkdirSync(victim);
    onMessage('Remove it', { kind: 'shell', command: 'rm -rf victim' });
    await agents().tell(id, 'Remove it');
    return { id, victim };
  }

  it('starts unattended, works with tools, and commits', async () => {
    agents().model(({ toolResults }) =>
      toolResults.length > 0
        ? { kind: 'say', text: 'Committed.' }
        : { kind: 'shell', command: 'echo 1 > count && git add count && git commit -qm Count', text: 'I count.' },
    );
    const id = await agents().startIdle('Count the words');
    const { home, mock } = agents();
    const subject = home.repository.git(['log', '-1', '--format=%s'], await agents().workspace(id));
    assert.equal(subject, 'Count', JSON.stringify(mock.turns.at(-1)));
    assert.equal(mock.turns.length, 2);
    assert.match(mock.turns[0]?.lastUserText ?? '', /Count the words/);
  });

  it('shows its conversation, and what it used', async () => {
    onMessage('Look around', { kind: 'shell', command: 'echo here', text: 'I look.' });
    const id = await agents().startIdle('Count the words');
    await agents().tell(id, 'Look around');
    await agents().agent(id, 'idle');
    const runner = await agents().home.runner();
    const wanted = [
      'agent: Done.',
      'user: Look around',
      'agent: I look.',
      'tool: echo here',
      'result: here',
      'agent: Done.',
    ];
    const shown = async (): Promise<string[]> => {
      const { entries } = await runner.agents.transcript({ id, limit: 50 });
      return entries.slice(1).map(({ kind, text }) => `${kind}: ${text.trim()}`);
    };
    const complete = async () => ((await shown()).length === wanted.length ? true : undefined);
    await waitFor(complete, { timeoutMs: patienceMs, what: 'the conversation' }).catch(() => undefined);
    assert.deepEqual(await shown(), wanted);
    const { total } = await runner.costs.report({ id });
    assert.deepEqual([total.tokens.input, total.tokens.output], [1_001 + 1_002 + 1_003, 1 + 2 + 1]);
  });

  it("leaves the user's own files alone", async () => {
    await agents().startIdle('Count the words');
    const config = readFileSync(path.join(agents().home.userHome, '.codex/config.toml'), 'utf8');
    assert.match(config, /^model_provider = "mock"$/m);
    assert.doesNotMatch(config, /hooks|trust_level|sandbox|approval/);
    assert.equal(existsSync(path.join(agents().home.userHome, '.codex/hooks.json')), false);
  });

  it("says that it waits for the user to review hooks of the user's own", async () => {
    const hooks = { Stop: [{ hooks: [{ type: 'command', command: 'true' }] }] };
    writeFileSync(path.join(agents().home.userHome, '.codex/hooks.json'), JSON.stringify({ hooks }));
    const id = await agents().start('Wait');
    assert.equal((await agents().agent(id, 'waiting')).reason, 'asks in its terminal: review hooks');
    agents().home.press(id, '3', 'Enter');
    await agents().agent(id, 'idle');
  });

  it('is parked where nobody is logged in', async () => {
    writeFileSync(path.join(agents().home.userHome, '.codex/config.toml'), 'cli_auth_credentials_store = "auto"\n');
    const id = await agents().start('Log in');
    assert.equal((await agents().agent(id, 'parked')).reason, 'logged out');
  });

  it('takes messages as they were written, and proves it', async () => {
    const id = await agents().startIdle('Take messages');
    const texts = [
      'one line',
      twelveLines,
      '!rm -rf nothing',
      '/quit please',
      'look at @README',
      'use $imag',
      'word 🎉 '.repeat(12_500).trim(),
    ];
    for (const text of texts) {
      const told = await agents().tell(id, text);
      assert.equal(told.outcome, 'delivered', `${text.slice(0, 40)}: ${told.detail}`);
      await turnWith(text);
      await agents().agent(id, 'idle');
    }
  });

  it('takes a message of twelve lines while it works, within the same turn', async () => {
    const id = await agents().startIdle('Take messages');
    const gate = path.join(agents().home.folder, 'gate');
    onMessage('Wait for it', { kind: 'shell', command: `until [ -e '${gate}' ]; do sleep 0.1; done` });
    await agents().tell(id, 'Wait for it');
    await agents().agent(id, ({ reason }) => reason.includes('until ['));
    const told = agents().tell(id, twelveLines);
    // It takes the message up at once, or after the command: that depends on how far it is with beginning it.
    await Promise.race([told, agents().screenShows(id, /Messages to be submitted after next tool call/)]);
    writeFileSync(gate, '');
    const { outcome, detail } = await told;
    assert.equal(outcome, 'delivered', detail);
    const { messages } = await turnWith(twelveLines);
    assert.equal(messages.filter(({ role, text }) => role === 'user' && text === 'Wait for it').length, 1);
    await agents().agent(id, 'idle');
  });

  it('asks before it does what is risky, and does what it was answered', async () => {
    const { id, victim } = await startAsking();
    const asked = await agents().request(id);
    const { oneLine, answeredBy, answers } = asked;
    assert.deepEqual([oneLine, answeredBy, answers], ['rm -rf victim', 'hook', ['allow', 'deny', 'text']]);
    await agents().answer(id, 'deny', '-m', 'Use another way.');
    await agents().turn(({ toolResults }) => toolResults.join().includes('Use another way.'), 'after the denial');
    await agents().agent(id, 'idle');
    assert.equal(existsSync(victim), true);

    await agents().tell(id, 'Remove it');
    await agents().requestOtherThan(id, asked.id);
    await agents().answer(id, 'allow');
    await agents().agent(id, 'idle');
    assert.equal(existsSync(victim), false);
  });

  it('asks before it changes a file in the mode ask, and names the file', async () => {
    const patch = '*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch';
    onMessage('Write it', { kind: 'tool', name: 'apply_patch', input: patch });
    const id = await agents().startIdle('Write', { mode: 'ask' });
    await agents().tell(id, 'Write it');
    const { oneLine, text, answeredBy } = await agents().request(id);
    assert.deepEqual([oneLine, answeredBy], ['apply_patch new.txt', 'hook']);
    assert.match(text, /\+hello/);
    await agents().answer(id, 'allow');
    await agents().agent(id, 'idle');
    assert.equal(readFileSync(path.join(await agents().workspace(id), 'new.txt'), 'utf8'), 'hello\n');
  });

  it('is working while what it was allowed runs', async () => {
    const id = await agents().startIdle('Clean up');
    const gate = path.join(agents().home.folder, 'gate');
    onMessage('Remove it', { kind: 'shell', command: `rm -rf nothing; until [ -e '${gate}' ]; do sleep 0.1; done` });
    await agents().tell(id, 'Remove it');
    await agents().request(id);
    await agents().answer(id, 'allow');
    await agents().agent(id, 'working');
    assert.deepEqual(await agents().requests(id), []);
    writeFileSync(gate, '');
    await agents().agent(id, 'idle');
  });

  it('keeps a message back while it asks, so that nothing is approved by it', async () => {
    const { id, victim } = await startAsking();
    await agents().request(id);
    assert.equal((await agents().tell(id, 'And then this')).outcome, 'queued');
    await agents().answer(id, 'deny');
    await turnWith('And then this');
    assert.equal(existsSync(victim), true);
    await agents().agent(id, 'idle');
  });

  it('shows its dialog to whoever looks at the terminal, and can still be answered from outside', async () => {
    const { id, victim } = await startAsking();
    await agents().request(id);
    const { home } = agents();
    const socket = quoteForSh(home.tmux('display-message', '-p', '#{socket_path}').trim());
    const attach = `TMUX= tmux -S ${socket} attach -t =${agentIdOf(id)}`;
    home.tmux('new-session', '-d', '-s', 'looker', '-x', '140', '-y', '45', attach);
    await agents().screenShows(id, /Would you like to run the following command\?/);
    const byKeys = (): Promise<true | undefined> =>
      agents()
        .requests(id)
        .then(([first]) => (first?.answeredBy === 'keys' ? true : undefined));
    await waitFor(byKeys, { timeoutMs: patienceMs, what: 'the request to be answered by keys' });
    await agents().answer(id, 'allow');
    await agents().agent(id, 'idle');
    assert.equal(existsSync(victim), false);
  });

  it('is working while its model hangs, and idle at once when somebody interrupts it', async () => {
    const id = await agents().startIdle('Think');
    onMessage('Think hard', { kind: 'hang' });
    await agents().tell(id, 'Think hard');
    await turnWith('Think hard');
    await agents().agent(id, 'working');
    agents().home.press(id, 'Escape');
    const pressedAt = performance.now();
    assert.equal((await agents().agent(id, 'idle')).reason, 'interrupted');
    assert.ok(performance.now() - pressedAt < 2_000);
    assert.equal((await agents().tell(id, 'Go on')).outcome, 'delivered');
    await turnWith('Go on');
  });

  it('is parked until a usage limit ends, and goes on with the next message', async () => {
    const id = await agents().startIdle('Spend');
    onMessage('Spend more', { kind: 'rateLimited', retryAfterSeconds: 3_600 });
    await agents().tell(id, 'Spend more');
    assert.match((await agents().agent(id, 'parked')).reason, /^usage limit until \d\d:\d\d$/);
    assert.equal((await agents().tell(id, 'Go on')).outcome, 'delivered');
    await agents().agent(id, 'idle');
  });

  const failures: [what: string, reply: ModelReply, reason: string][] = [
    ['nobody is logged in any more', { kind: 'unauthorized' }, 'logged out'],
    ['its model is not there', { kind: 'noSuchModel' }, 'its model is not available'],
    ['its requests are limited, after its own tries', { kind: 'rateLimited', retryAfterSeconds: 1 }, 'usage limit'],
  ];
  for (const [what, reply, reason] of failures) {
    it(`is parked when ${what}`, async () => {
      agents().model(() => reply);
      const id = await agents().start('Fail');
      assert.equal((await agents().agent(id, 'parked')).reason, reason);
    });
  }

  it('can be answered after the daemon was killed', async () => {
    const { id, victim } = await startAsking();
    const before = await agents().request(id);
    await agents().killDaemon();
    const { id: after } = await agents().request(id);
    assert.equal(after, before.id);
    await agents().answer(id, 'allow', '--request', after);
    await agents().agent(id, 'idle');
    assert.equal(existsSync(victim), false);
  });

  it('is known to be idle when its turn ended without a daemon', async () => {
    const id = await agents().startIdle('Take your time');
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    onMessage('Slowly', { kind: 'later', until: finished, reply: { kind: 'say', text: 'At last.' } });
    await agents().tell(id, 'Slowly');
    await agents().agent(id, 'working');
    await agents().killDaemon();
    finish();
    await agents().screenShows(id, /At last\./);
    await agents().agent(id, 'idle');
  });

  it('resumes its conversation in its mode after it was killed', async () => {
    const id = await agents().startIdle('Count the words', { mode: 'plan' });
    onMessage('Think hard', { kind: 'hang' });
    await agents().tell(id, 'Think hard');
    await turnWith('Think hard');
    await agents().killTool(id);
    await agents().agent(id, 'crashed');
    agents().model(({ toolResults }) =>
      toolResults.length > 0 ? { kind: 'say', text: 'Done.' } : { kind: 'shell', command: 'touch forbidden' },
    );
    await agents().home.json(['work', 'resume', id]);
    const { messages, toolResults } = await agents().turn((turn) => turn.toolResults.length === 1, 'to carry on');
    assert.ok(messages.some(({ text }) => text.includes('Count the words')));
    assert.ok(messages.some(({ text }) => text === 'Think hard'));
    assert.match(toolResults.join(), /Read-only file system/);
    await agents().agent(id, 'idle');
    assert.equal(existsSync(path.join(await agents().workspace(id), 'forbidden')), false);
  });

  it('resumes silently to where it was, ready for messages', async () => {
    const id = await agents().startIdle('Count the words');
    await agents().killTool(id);
    await agents().agent(id, 'crashed');
    const before = agents().mock.turns.length;
    await agents().home.json(['work', 'resume', id]);
    await agents().agent(id, 'idle');
    assert.equal(agents().mock.turns.length, before);
    assert.equal((await agents().tell(id, 'Go on')).outcome, 'delivered');
    const { messages } = await turnWith('Go on');
    assert.equal(messages.filter(({ role }) => role === 'user').length, 2);
  });

  it('is told apart from another that runs at the same time', async () => {
    const ids = await Promise.all([agents().start('Count words'), agents().start('Count lines')]);
    const workspaces = await Promise.all(ids.map((id) => agents().agent(id, 'idle')));
    assert.equal(new Set(workspaces.map(({ workspace }) => workspace)).size, 2);
    for (const [index, id] of ids.entries()) {
      const text = `for you, ${id}`;
      assert.equal((await agents().tell(id, text)).outcome, 'delivered');
      const { messages } = await turnWith(text);
      assert.match(messages[0]?.text ?? '', [/Count words/, /Count lines/][index] ?? /none/);
    }
  });
});
