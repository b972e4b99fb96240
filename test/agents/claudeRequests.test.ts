import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { claude, runs, uses } from './support/claudeTool.ts';
import { useRealAgents } from './support/realAgents.ts';

describe('Claude Code asks', function () {
  this.timeout(90_000);
  const agents = useRealAgents(claude);

  it('asks before it changes something, and does what it was answered', async () => {
    agents().model(runs('touch asked-for'));
    const issueId = await agents().start('Ask me', { mode: 'ask' });
    const asked = await agents().request(issueId);
    assert.deepEqual([asked.kind, asked.oneLine, asked.answeredBy], ['permission', 'touch asked-for', 'hook']);
    await agents().agent(issueId, 'waiting');
    await agents().answer(issueId, 'allow');
    await agents().agent(issueId, 'idle');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'asked-for')), true);

    await agents().tell(issueId, 'once more');
    const again = await agents().request(issueId);
    assert.notEqual(again.id, asked.id);
    await agents().answer(issueId, 'deny', '-m', 'Use another name.');
    const denied = await agents().turn(
      ({ toolResults }) => toolResults.includes('Use another name.'),
      'after the denial',
    );
    assert.equal(denied.lastUserText, 'once more');
    await agents().agent(issueId, 'idle');
  });

  it('asks no more in its session for what was allowed for the session', async () => {
    agents().model(runs('touch for-the-session'));
    const issueId = await agents().start('Allow me for the session', { mode: 'ask' });
    await agents().request(issueId);
    await agents().answer(issueId, 'session');
    await agents().agent(issueId, 'idle');
    await agents().tell(issueId, 'again');
    await agents().turn(
      ({ lastUserText, toolResults }) => lastUserText === 'again' && toolResults.length === 1,
      'again',
    );
    await agents().agent(issueId, 'idle');
  });

  it('keeps a message back while it asks, so that nothing is approved by it', async () => {
    agents().model(runs('touch not-approved'));
    const issueId = await agents().start('Do not approve', { mode: 'ask' });
    await agents().request(issueId);
    const told = await agents().tell(issueId, 'and this');
    assert.equal(told.outcome, 'queued');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'not-approved')), false);
    agents().model(() => ({ kind: 'say', text: 'Done.' }));
    await agents().answer(issueId, 'deny');
    await agents().turn(({ lastUserText }) => lastUserText === 'and this', 'the message that was kept back');
  });

  it('is idle once a person said no in its terminal', async () => {
    agents().model(runs('touch refused'));
    const issueId = await agents().start('Refuse me', { mode: 'ask' });
    await agents().request(issueId);
    agents().home.press(issueId, 'Escape');
    await agents().agent(issueId, 'idle');
    assert.deepEqual(await agents().requests(issueId), []);
  });

  it('goes on when a person said yes in its terminal, and asks nothing any more', async () => {
    agents().model(runs('touch allowed-there'));
    const issueId = await agents().start('Allow me there', { mode: 'ask' });
    await agents().request(issueId);
    agents().home.press(issueId, '1');
    await agents().agent(issueId, 'idle');
    assert.deepEqual(await agents().requests(issueId), []);
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'allowed-there')), true);
  });

  it('has its question answered from outside', async () => {
    agents().model(uses('AskUserQuestion', { questions: [colours] }));
    const issueId = await agents().start('Ask which');
    const asked = await agents().request(issueId);
    assert.deepEqual([asked.kind, asked.questions[0]?.text], ['question', 'Which colour?']);
    await agents().answer(issueId, '2');
    const answered = await agents().turn(({ toolResults }) => toolResults.length > 0, 'the answer');
    assert.match(answered.toolResults[0] ?? '', /"Which colour\?"="Blue"/);
  });

  it('has its plan sent back and then approved from outside', async () => {
    agents().model((turn) => {
      const file = /\/\S*\/plans\/[\w-]+\.md/.exec(turn.instructions ?? '')?.[0] ?? 'plan.md';
      const results = turn.toolResults.length;
      if (results === 0)
        return { kind: 'tool', name: 'Write', input: { file_path: file, content: '# Plan\n\n1. Limit' } };
      return results <= 2 ? { kind: 'tool', name: 'ExitPlanMode', input: {} } : { kind: 'say', text: 'Done.' };
    });
    const issueId = await agents().start('Plan it', { mode: 'plan' });
    const review = await agents().request(issueId);
    assert.deepEqual([review.kind, review.text.includes('1. Limit')], ['plan', true]);
    await agents().answer(issueId, 'Split the first step.');
    await agents().turn(({ toolResults }) => toolResults.includes('Split the first step.'), 'the objection');
    const second = await agents().requestOtherThan(issueId, review.id);
    await agents().home.json(['work', 'answer', issueId, 'allow', '--request', second.id]);
    await agents().turn(({ toolResults }) => /approved your plan/.test(toolResults.at(-1) ?? ''), 'the approval');
    await agents().agent(issueId, 'idle');
  });

  it('can be answered after the daemon was killed while it asked', async () => {
    agents().model(runs('touch after-the-crash'));
    const issueId = await agents().start('Survive a crash', { mode: 'ask' });
    const asked = await agents().request(issueId);
    await agents().killDaemon();
    assert.match(agents().screen(issueId), /Do you want to proceed\?/);
    assert.equal((await agents().request(issueId)).id, asked.id);
    await agents().agent(issueId, 'waiting');
    await agents().answer(issueId, 'allow');
    await agents().agent(issueId, 'idle');
    assert.equal(existsSync(path.join(await agents().workspace(issueId), 'after-the-crash')), true);
  });
});

const colours = {
  question: 'Which colour?',
  header: 'Colour',
  options: [
    { label: 'Red', description: 'warm' },
    { label: 'Blue', description: 'cold' },
  ],
  multiSelect: false,
};
