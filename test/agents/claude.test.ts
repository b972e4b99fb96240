import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { claude, openGate, runs } from './support/claudeTool.ts';
import { useRealAgents } from './support/realAgents.ts';

const twelveLines = Array.from({ length: 12 }, (_, index) => `${index + 1}. a line of the message`).join('\n');

describe('Claude Code', function () {
  this.timeout(90_000);
  const agents = useRealAgents(claude);

  it('starts unattended, works on the issue, and is idle afterwards', async () => {
    agents().model(runs('touch made-by-agent'));
    const issueId = await agents().start('Limit the logins');
    const first = await agents().turn(() => true, 'for the first time');
    assert.match(first.lastUserText, /Limit the logins/);
    await agents().agent(issueId, 'idle');
    assert.equal(agents().mock.turns.length, 2);
  });

  it('takes a message of twelve lines as it was written, while it is idle and while it works', async () => {
    const issueId = await agents().startIdle('Take messages');
    const idle = await agents().tell(issueId, twelveLines);
    assert.equal(idle.outcome, 'delivered');
    const turn = await agents().turn(({ lastUserText }) => lastUserText.includes('12. a line'), 'twelve lines');
    assert.equal(turn.lastUserText, twelveLines);

    const gate = openGate();
    agents().model(() => ({ kind: 'later', until: gate.opened, reply: { kind: 'say', text: 'Late.' } }));
    await agents().tell(issueId, 'work for a while');
    await agents().agent(issueId, 'working');
    const busy = await agents().tell(issueId, `while busy\n${twelveLines}`);
    assert.equal(busy.outcome, 'delivered');
    gate.open();
    const joined = await agents().turn(({ lastUserText }) => lastUserText.startsWith('while busy'), 'the second');
    assert.equal(joined.lastUserText, `while busy\n${twelveLines}`);
  });

  it('takes a message into the turn while a tool runs', async () => {
    const issueId = await agents().startIdle('Join in');
    agents().model(runs('until [ -e go-on ]; do sleep 0.05; done'));
    await agents().tell(issueId, 'run it');
    await agents().agent(issueId, ({ reason }) => /until/.test(reason));
    assert.equal((await agents().tell(issueId, 'and this, too')).outcome, 'delivered');
    writeFileSync(path.join(await agents().workspace(issueId), 'go-on'), '');
    await agents().turn(({ messages }) => messages.some(({ text }) => text.includes('and this, too')), 'both');
    await agents().transcribed(issueId, 'and this, too');
    await agents().agent(issueId, 'idle');
  });

  it('is known to be idle when its turn ended while no daemon ran', async () => {
    const gate = openGate();
    agents().model(() => ({ kind: 'later', until: gate.opened, reply: { kind: 'say', text: 'Late.' } }));
    const issueId = await agents().start('End unseen');
    await agents().turn(() => true, 'for the first time');
    await agents().agent(issueId, 'working');
    await agents().killDaemon();
    gate.open();
    await agents().screenShows(issueId, /● Late\./);
    await agents().agent(issueId, 'idle');
  });

  it('is resumed with its conversation and its permission mode after it was killed', async () => {
    agents().model(runs('ls'));
    const issueId = await agents().startIdle('Crash', { mode: 'ask' });
    agents().model(() => ({ kind: 'hang' }));
    await agents().tell(issueId, 'the last words');
    await agents().turn(({ lastUserText }) => lastUserText === 'the last words', 'the last words');
    await agents().transcribed(issueId, 'the last words');
    await agents().killTool(issueId);
    await agents().agent(issueId, 'crashed');
    agents().model(() => ({ kind: 'say', text: 'Back.' }));
    const before = agents().mock.turns.length;
    await agents().home.json(['work', 'resume', issueId]);
    const resumed = await agents().agent(issueId, ({ status }) => status === 'idle' || status === 'working');
    assert.equal(resumed.mode, 'ask');
    await agents().agent(issueId, 'idle');
    agents().model(runs('touch with-consent'));
    await agents().tell(issueId, 'go on');
    const turn = await agents().turn(({ lastUserText }) => lastUserText === 'go on', 'what goes on', before);
    assert.ok(turn.messages.some(({ text }) => text.includes('Crash')));
    assert.ok(turn.messages.some(({ text }) => text === 'the last words'));
    assert.equal((await agents().request(issueId)).oneLine, 'touch with-consent');
  });

  it('runs twice in one repository, and each agent is told apart', async () => {
    agents().model((turn) => runs(turn.messages[0]?.text.includes('Second') ? 'touch second' : 'touch first')(turn));
    const first = await agents().start('First', { mode: 'ask' });
    const second = await agents().start('Second', { mode: 'ask' });
    const [one, two] = [await agents().request(first), await agents().request(second)];
    assert.deepEqual([one.oneLine, two.oneLine], ['touch first', 'touch second']);
    await agents().answer(second, 'allow');
    await agents().agent(second, 'idle');
    assert.equal((await agents().agent(first, () => true)).status, 'waiting');
    assert.deepEqual(await agents().requests(second), []);
    assert.equal((await agents().request(first)).id, one.id);
  });

  it('gets 100 kB by way of a file', async () => {
    const issueId = await agents().startIdle('Read much');
    const text = `${'many words '.repeat(10_000)}END`;
    assert.equal((await agents().tell(issueId, text)).outcome, 'delivered');
    const turn = await agents().turn(({ lastUserText }) => /sent you a message/.test(lastUserText), 'the long message');
    const file = /: (\S+)$/.exec(turn.lastUserText)?.[1] ?? '';
    assert.equal(readFileSync(file, 'utf8').trim(), text);
  });

  it('gets texts that begin or end like commands as messages', async () => {
    const issueId = await agents().startIdle('Take it as text');
    const texts = [
      '!rm -rf nothing',
      '/clear the table',
      '?',
      'see @README.md',
      'ends with \\',
      '# a title\n\n    indented',
    ];
    for (const text of texts) {
      assert.equal((await agents().tell(issueId, text)).outcome, 'delivered', text);
      await agents().turn(({ lastUserText }) => lastUserText.trim().endsWith(text), JSON.stringify(text));
      await agents().agent(issueId, 'idle');
    }
  });
});
