import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Agent, HookItem, IssueDetails, TellResult } from '../../runner/protocol/models.ts';
import { patienceMs, RunnerHome } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';

/** A name that every careless layer would execute or split; below it lie all files of the test. */
const homeName = `it's a "home" $(touch canary) \`touch canary\` ;touch canary; #{x} #(touch canary) %1 😀 ${'deep'.repeat(20)}`;

const everything = [
  `$(touch canary) \`touch canary\` ; touch canary & touch canary | touch canary > canary`,
  `'single' "double" \\back\\ !history !! !$ ~ * ? [a] {a,b} $HOME \${IFS} $'\\n' #{pane_id} #(touch canary) %n %s`,
  '--help -rf / -- ../../.. </dev/null && || \\',
  'é ü 漢字 😀👩‍👩‍👧 \u202eright to left\u202c \u200bnothing \ufeff',
  '\ttabs\tand trailing blanks  ',
].join('\n');
const controls = '\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]52;c;aGk=\x07 \x1b[201~ \x03 \x04 \x08 \x7f \x9b31m\r\nend';

const messages: Record<string, string> = {
  'of everything a shell could take': everything,
  'that begins with a dash': '-x --version',
  'that is one word of a key': 'Escape',
  'with a semicolon at its end': 'first this;',
  'of one line of emoji': '😀'.repeat(300),
  'of 100 kB': `${'0123456789abcdef $(touch canary) é😀\n'.repeat(2600)}end`,
  'of 4 kB in one line': 'x'.repeat(5000),
};

describe('text that strangers wrote', () => {
  let home: RunnerHome;
  let record: string;
  const id = 'MIN-1';

  before(async () => {
    home = new RunnerHome({ homeName });
    assert.ok(Buffer.byteLength(home.userHome) > 180);
    record = path.join(home.folder, 'record');
    const turn = [{ record: { path: record } }];
    home.script(Array.from({ length: 40 }, () => turn));
    await home.addProject();
  });
  after(() => home.stop());
  afterEach(() => {
    const found = readdirSync(home.folder, { recursive: true, encoding: 'utf8' });
    const canaries = found.filter((file) => path.basename(file).startsWith('canary'));
    assert.deepEqual(canaries, [], 'something was executed');
  });

  it('arrives in the issue as it was written, its title on one line', async () => {
    // What turns the direction of a line is taken out of titles: lists could be made to lie with it.
    const title = everything.replaceAll(/[\u202e\u202c]/g, '');
    const body = `${everything}\n${controls}\n${'long $(touch canary)\n'.repeat(5000)}`;
    const args = [
      'issue',
      'create',
      '--json',
      '--body-file',
      '-',
      '--label',
      '$(touch canary)',
      '--',
      `${everything}\n\n`,
    ];
    const { code, stdout } = await home.pan(args, { input: body });
    assert.equal(code, 0, stdout);
    const { issue } = JSON.parse(stdout) as { issue: IssueDetails };
    assert.equal(issue.id, id);
    assert.equal(issue.title, title.replace(/\s+/g, ' ').trim());
    assert.equal(issue.body, body);
    const shown = (await home.json<{ issue: IssueDetails }>(['issue', 'show', id])).issue;
    assert.deepEqual([shown.title, shown.body], [issue.title, body]);
  });

  it('reaches the agent byte for byte in its first prompt', async () => {
    const { issue } = await home.json<{ issue: IssueDetails }>(['issue', 'show', id]);
    await home.json<{ agent: Agent }>(['work', 'issue', id]);
    await home.agent(id, (agent) => agent.status === 'idle' && existsSync(record));
    const received = readFileSync(record);
    const prompt = readFileSync(home.paths.agent('agent-min-1').prompt);
    assert.ok(received.equals(prompt), 'what the agent got is what was written down for it');
    assert.ok(received.includes(Buffer.from(issue.body)), 'the body is in it, unchanged');
    assert.ok(received.includes(Buffer.from(issue.title)), 'the title is in it, unchanged');
  });

  it('is not drawn with its control sequences in any list', async () => {
    for (const args of [
      ['status'],
      ['work', 'status'],
      ['issue', 'list'],
      ['issue', 'show', id],
      ['work', 'why', id],
      ['work', 'logs', id],
    ]) {
      const { code, stdout } = await home.pan([...args, '--color=never']);
      assert.equal(code, 0, args.join(' '));
      assert.doesNotMatch(stdout, /(?![\n\t])\p{Cc}|\u202e/u, `pan ${args.join(' ')} prints a control character`);
    }
  });

  for (const [what, text] of Object.entries(messages)) {
    it(`arrives as a message ${what}`, async () => {
      rmSync(record, { force: true });
      const told = await home.json<TellResult>(['work', 'tell', id, '--file', '-'], { input: text });
      assert.equal(told.outcome, 'delivered', told.detail);
      await waitFor(() => (existsSync(record) ? true : undefined), { timeoutMs: patienceMs, what: 'the message' });
      await home.agent(id, 'idle');
      assert.equal(readFileSync(record, 'utf8'), text);
    });
  }

  it('arrives as arguments after --, too', async () => {
    rmSync(record, { force: true });
    const { code, stdout } = await home.pan(['work', 'tell', id, '--json', '--', '--force "$(touch canary)"']);
    assert.equal(code, 0, stdout);
    await waitFor(() => (existsSync(record) ? true : undefined), { timeoutMs: patienceMs, what: 'the message' });
    assert.equal(readFileSync(record, 'utf8'), '--force "$(touch canary)"');
  });

  it('arrives by a file when it could press keys in a terminal', async () => {
    rmSync(record, { force: true });
    const told = await home.json<TellResult>(['work', 'tell', id, '--file', '-'], { input: controls });
    assert.equal(told.outcome, 'delivered', told.detail);
    await waitFor(() => (existsSync(record) ? true : undefined), { timeoutMs: patienceMs, what: 'the message' });
    const line = readFileSync(record, 'utf8');
    assert.doesNotMatch(line, /\p{Cc}/u);
    assert.equal(readFileSync(line.slice(line.indexOf(': /') + 2), 'utf8'), controls);
    assert.equal((await home.agent(id, 'idle')).status, 'idle');
  });

  it('hangs on the hook as it was written', async () => {
    const text = `${everything}\n${controls}`;
    await home.json(['work', 'hook', 'push', id, '--file', '-'], { input: text });
    const { items } = await home.json<{ items: HookItem[] }>(['work', 'hook', 'check', id]);
    assert.deepEqual(
      items.map((item) => item.text),
      [text],
    );
  });

  it('with a NUL is no bug, and the agent gets the mark that CommonMark puts in its place', async () => {
    const args = ['issue', 'create', '--title', 'nul', '--body-file', '-'];
    const { issue } = await home.json<{ issue: IssueDetails }>(args, { input: 'a\0b' });
    await home.json(['work', 'issue', issue.id]);
    assert.match(readFileSync(home.paths.agent('agent-min-2').prompt, 'utf8'), /\na\ufffdb\n/);
    const told = await home.json<TellResult>(['work', 'tell', id, '--file', '-'], { input: 'a\0b' });
    assert.equal(told.outcome, 'delivered', told.detail);
  });

  for (const bad of [
    'MIN',
    '1',
    'MIN-',
    '-1',
    'MIN-1;touch canary',
    '../../x-1',
    '$(touch canary)-1',
    'agent-',
    'MIN-1\nMIN-2',
    `M-${'9'.repeat(100)}`,
    '',
  ]) {
    it(`is refused as an id in one sentence: ${JSON.stringify(bad.slice(0, 30))}`, async () => {
      for (const args of [
        ['work', 'kill', '--', bad],
        ['issue', 'show', '--', bad],
        ['workspace', 'create', '--', bad],
      ]) {
        const { code, stdout, stderr } = await home.pan(args);
        assert.ok(code === 1 || code === 2, `${args.join(' ')}: ${code} ${stderr}`);
        assert.equal(stdout, '');
        assert.match(stderr, /^error: [^\n]+\n(?: *hint: [^\n]+\n)?$/);
      }
    });
  }
});
