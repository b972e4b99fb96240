import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { startGeminiMock } from '../support/models/geminiMock.ts';
import type { ModelReply, ModelTurn } from '../support/models/modelMock.ts';
import { patienceMs } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import { type RealTool, useRealAgents } from './support/realAgents.ts';

const gemini: RealTool = {
  name: 'gemini',
  startMock: (model) => startGeminiMock(model),
  env: (mock) => ({ GEMINI_API_KEY: 'key-of-the-test', GOOGLE_GEMINI_BASE_URL: mock.url }),
};

const twelveLines = Array.from({ length: 12 }, (_, index) => `${index + 1}.\ta line "of" the $(message) é 🎉`).join(
  '\n',
);

describe('Gemini CLI', function () {
  this.timeout(90_000);
  const agents = useRealAgents(gemini);

  /** Waits until the model is busy with a request. */
  async function asked(): Promise<void> {
    const probe = () => (agents().mock.open > 0 ? true : undefined);
    await waitFor(probe, { timeoutMs: patienceMs, what: 'the request to the model' });
  }

  it('starts unattended in a new home, works on the issue, and is idle afterwards', async () => {
    agents().model(runs('ls'));
    const issueId = await agents().start('Limit the logins');
    const first = await agents().turn(() => true, 'for the first time');
    assert.match(first.lastUserText, /Limit the logins/);
    await agents().agent(issueId, 'idle');
    assert.equal(agents().mock.turns.length, 2);
  });

  it('takes messages as they were written', async () => {
    const issueId = await agents().startIdle('Take messages');
    for (const text of [twelveLines, '!rm -rf nothing', 'ends with \\', '# title\n\n\n- @nobody', '? what']) {
      const told = await agents().tell(issueId, text);
      assert.equal(told.outcome, 'delivered', `${text.slice(0, 20)}: ${told.detail}`);
      const turn = await agents().turn(({ lastUserText }) => lastUserText === text, text.slice(0, 20));
      assert.equal(turn.lastUserText, text);
      await agents().agent(issueId, 'idle');
    }
  });

  it('takes a message of 100 kB, and reads in a file what would be a command of its own', async () => {
    const issueId = await agents().startIdle('Take a long message');
    const long = Array.from({ length: 1_200 }, (_, index) => `${index} ${'x'.repeat(80)}`).join('\n');
    assert.equal((await agents().tell(issueId, long)).outcome, 'delivered');
    await agents().turn(({ lastUserText }) => lastUserText === long, '100 kB');
    await agents().agent(issueId, 'idle');
    assert.equal((await agents().tell(issueId, '/quit please')).outcome, 'delivered');
    const turn = await agents().turn(({ lastUserText }) => lastUserText.includes('Read it in this file'), 'a file');
    assert.doesNotMatch(turn.lastUserText, /quit/);
    await agents().agent(issueId, 'idle');
  });

  it('gets a message when its turn has ended, if it was told while it worked', async () => {
    const issueId = await agents().startIdle('Work and be told');
    const gate = openGate();
    agents().model(() => ({ kind: 'later', until: gate.opened, reply: { kind: 'say', text: 'Late.' } }));
    await agents().tell(issueId, 'work for a while');
    await asked();
    assert.equal((await agents().tell(issueId, twelveLines)).outcome, 'queued');
    agents().model(() => ({ kind: 'say', text: 'Done.' }));
    gate.open();
    await agents().turn(({ lastUserText }) => lastUserText === twelveLines, 'the second');
    await agents().agent(issueId, 'idle');
  });

  it('asks before it changes something, and does what it was answered', async () => {
    agents().model(runs('touch asked-for'));
    const issueId = await agents().start('Ask me', { mode: 'ask' });
    const request = await agents().request(issueId);
    assert.deepEqual([request.kind, request.oneLine, request.answeredBy], ['permission', 'touch asked-for', 'keys']);
    await agents().answer(issueId, 'allow');
    await agents().agent(issueId, 'idle');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'asked-for')), true);

    agents().model(runs('rmdir denied'));
    await agents().tell(issueId, 'once more');
    await agents().requestOtherThan(issueId, request.id);
    await agents().answer(issueId, 'deny');
    await agents().agent(issueId, 'idle');
    assert.deepEqual(await agents().requests(issueId), []);
    const told = await agents().tell(issueId, 'Use another name');
    assert.equal(told.outcome, 'delivered', told.detail);
  });

  it('asks before it writes a file, with the change, and no more in its session', async () => {
    agents().model(({ lastUserText, toolResults }) => {
      if (toolResults.length > 0) return { kind: 'say', text: 'Done.' };
      const name = lastUserText === 'again' ? 'second.txt' : 'first.txt';
      return { kind: 'tool', name: 'write_file', input: { file_path: name, content: 'words\n' } };
    });
    const issueId = await agents().start('Write', { mode: 'ask' });
    const request = await agents().request(issueId);
    assert.equal(request.oneLine, 'write_file first.txt');
    assert.match(request.text, /^\+words$/m);
    await agents().answer(issueId, 'session');
    await agents().agent(issueId, 'idle');
    await agents().tell(issueId, 'again');
    await agents().turn(({ lastUserText, toolResults }) => lastUserText === 'again' && toolResults.length > 0, 'again');
    await agents().agent(issueId, 'idle');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'second.txt')), true);
  });

  it('keeps a message back while it asks, so that nothing is approved by it', async () => {
    agents().model(runs('touch not-approved'));
    const issueId = await agents().start('Do not approve', { mode: 'ask' });
    await agents().request(issueId);
    assert.equal((await agents().tell(issueId, 'and this')).outcome, 'queued');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'not-approved')), false);
    agents().model(() => ({ kind: 'say', text: 'Done.' }));
    await agents().answer(issueId, 'deny');
    await agents().turn(({ lastUserText }) => lastUserText === 'and this', 'the message that was kept back');
    await agents().agent(issueId, 'idle');
  });

  it('is known to go on or to stop when a person answers in its terminal', async () => {
    agents().model(runs('touch there'));
    const issueId = await agents().start('Answer me there', { mode: 'ask' });
    const first = await agents().request(issueId);
    await agents().screenShows(issueId, /● 1\. Allow once/);
    agents().home.press(issueId, 'Escape');
    assert.equal((await agents().agent(issueId, 'idle')).reason, 'interrupted');
    assert.deepEqual(await agents().requests(issueId), []);
    await agents().tell(issueId, 'again');
    await agents().requestOtherThan(issueId, first.id);
    await agents().screenShows(issueId, /● 1\. Allow once/);
    agents().home.press(issueId, '1');
    await agents().agent(issueId, 'idle');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'there')), true);
  });

  it('has its questions answered from outside, by an option and in words', async () => {
    const question = { question: 'Which colour?', header: 'Colour', type: 'choice', options: colours };
    agents().model(uses('ask_user', { questions: [question] }));
    const issueId = await agents().start('Ask which');
    const request = await agents().request(issueId);
    assert.deepEqual([request.kind, request.oneLine, request.answeredBy], ['question', 'Which colour?', 'keys']);
    await agents().answer(issueId, '2');
    const answered = await agents().turn(({ toolResults }) => toolResults.length > 0, 'the answer');
    assert.match(answered.toolResults[0] ?? '', /Blue/);
    await agents().agent(issueId, 'idle');

    await agents().tell(issueId, 'and now');
    await agents().requestOtherThan(issueId, request.id);
    await agents().answer(issueId, 'rather green');
    const words = ({ lastUserText, toolResults }: ModelTurn) => lastUserText === 'and now' && toolResults.length > 0;
    assert.match((await agents().turn(words, 'the words')).toolResults[0] ?? '', /rather green/);
    await agents().agent(issueId, 'idle');
  });

  it('has no shell while it plans, and asks for nothing when everything is allowed', async () => {
    agents().model(runs('touch planned'));
    const planning = await agents().startIdle('Plan', { mode: 'plan' });
    assert.equal(existsSync(path.join(await agents().workspace(planning), 'planned')), false);
    const free = await agents().startIdle('Be free', { mode: 'bypass' });
    assert.equal(existsSync(path.join(await agents().workspace(free), 'planned')), true);
  });

  it('works on while its model hangs, and is idle at once when it is interrupted', async () => {
    const issueId = await agents().startIdle('Hang');
    agents().model(() => ({ kind: 'hang' }));
    await agents().tell(issueId, 'think');
    await asked();
    await agents().agent(issueId, 'working');
    agents().home.press(issueId, 'Escape');
    const pressedAt = performance.now();
    assert.equal((await agents().agent(issueId, 'idle')).reason, 'interrupted');
    assert.ok(performance.now() - pressedAt < 2_000);
    agents().model(() => ({ kind: 'say', text: 'Done.' }));
    assert.equal((await agents().tell(issueId, 'go on')).outcome, 'delivered');
    await agents().turn(({ lastUserText }) => lastUserText === 'go on', 'to go on');
  });

  it('is parked by a usage limit until it ends, and works again when a person lets it try', async () => {
    const issueId = await agents().startIdle('Spend');
    agents().model(() => ({ kind: 'rateLimited', retryAfterSeconds: 7_200 }));
    await agents().tell(issueId, 'spend');
    assert.match((await agents().agent(issueId, 'parked')).reason, /^usage limit until \d\d:\d\d/);
    agents().model(() => ({ kind: 'say', text: 'Done.' }));
    agents().home.press(issueId, '1');
    await agents().agent(issueId, 'idle');
  });

  it('is parked when its key is refused, and when its model is not there', async () => {
    agents().model(() => ({ kind: 'unauthorized' }));
    const issueId = await agents().start('Be refused');
    assert.equal((await agents().agent(issueId, 'parked')).reason, 'logged out');
    agents().model(() => ({ kind: 'noSuchModel' }));
    assert.equal((await agents().tell(issueId, 'try again')).outcome, 'delivered');
    await agents().agent(issueId, ({ reason }) => reason === 'its model is not available');
  });

  it('can be answered after the daemon was killed', async () => {
    agents().model(runs('touch after-all'));
    const issueId = await agents().start('Outlive the daemon', { mode: 'ask' });
    const { id } = await agents().request(issueId);
    await agents().killDaemon();
    await agents().agent(issueId, 'waiting');
    await agents().answer(issueId, 'allow', '--request', id);
    await agents().agent(issueId, 'idle');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'after-all')), true);
  });

  it('is known to be idle when its turn ended without a daemon', async () => {
    const issueId = await agents().startIdle('End alone');
    const gate = openGate();
    agents().model(() => ({ kind: 'later', until: gate.opened, reply: { kind: 'say', text: 'At last.' } }));
    await agents().tell(issueId, 'slowly');
    await asked();
    await agents().killDaemon();
    gate.open();
    await agents().screenShows(issueId, /At last\./);
    await agents().agent(issueId, 'idle');
  });

  it('resumes its conversation, in its mode, after it was killed', async () => {
    agents().model(runs('touch forbidden'));
    const issueId = await agents().startIdle('Count the words', { mode: 'plan' });
    agents().model(() => ({ kind: 'hang' }));
    await agents().tell(issueId, 'think');
    await asked();
    await agents().killTool(issueId);
    await agents().agent(issueId, 'crashed');
    agents().model(runs('touch forbidden'));
    const before = agents().mock.turns.length;
    await agents().home.json(['work', 'resume', issueId]);
    const turn = await agents().turn(({ messages }) => messages.length > 2, 'to go on', before);
    const texts = turn.messages.map(({ text }) => text);
    assert.ok(texts.some((text) => text.includes('Count the words')) && texts.includes('think'), texts.join('\n'));
    await agents().agent(issueId, 'idle');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'forbidden')), false);
    assert.equal((await agents().tell(issueId, 'and then')).outcome, 'delivered');
  });

  it('is told apart from another one that works at the same time', async () => {
    const [first, second] = [await agents().start('Count words'), await agents().start('Count lines')];
    for (const issueId of [first, second]) await agents().agent(issueId, ({ reason }) => reason === 'turn ended');
    for (const [issueId, text, task] of [
      [first, 'to the first', /Count words/],
      [second, 'to the second', /Count lines/],
    ] as const) {
      assert.equal((await agents().tell(issueId, text)).outcome, 'delivered');
      const turn = await agents().turn(({ lastUserText }) => lastUserText === text, text);
      assert.match(turn.messages[0]?.text ?? '', task);
    }
  });

  it('writes nothing into the repository or the workspace', async () => {
    const issueId = await agents().startIdle('Leave no traces');
    const workspace = await agents().workspace(issueId);
    assert.equal(readdirSync(workspace).includes('.gemini'), false);
    assert.equal(agents().home.repository.git(['status', '--porcelain'], workspace), '');
  });
});

/** Runs the command at the first request of each message, and then says that it is done. */
function runs(command: string): (turn: ModelTurn) => ModelReply {
  return ({ toolResults }) => (toolResults.length > 0 ? { kind: 'say', text: 'Done.' } : { kind: 'shell', command });
}

function uses(name: string, input: unknown): (turn: ModelTurn) => ModelReply {
  return ({ toolResults }) => (toolResults.length > 0 ? { kind: 'say', text: 'Done.' } : { kind: 'tool', name, input });
}

function openGate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const colours = [
  { label: 'Red', description: 'warm' },
  { label: 'Blue', description: 'cold' },
];
