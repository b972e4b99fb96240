import assert from 'node:assert/strict';
import { UserError } from '../../../runner/protocol/errors.ts';
import { anAgent } from './models.ts';
import { runPan } from './runPan.ts';

const failing = (error: Error) => ({
  'agents.list': () => {
    throw error;
  },
});

describe('the command line', () => {
  it('shows a failure as a sentence and a hint, with the exit code of its kind', async () => {
    const error = new UserError({
      code: 'noAgent',
      message: 'There is no agent MIN-13.\u001b[2J',
      hint: 'Did you mean MIN-131?',
    });
    const ran = await runPan(['work', 'status'], { answers: failing(error) });
    assert.deepEqual(
      [ran.code, ran.stdout, ran.stderr],
      [1, '', 'error: There is no agent MIN-13.\nhint: Did you mean MIN-131?\n'],
    );
    const json = await runPan(['work', 'status', '--json'], { answers: failing(error) });
    assert.deepEqual(
      [json.code, JSON.parse(json.stdout), json.stderr],
      [1, { error: { code: 'noAgent', message: error.message, hint: error.hint } }, ''],
    );
  });

  it('sets further lines of a failure below its first', async () => {
    const error = new UserError({ code: 'x', message: 'MIN-1 has work:\n3 modified', kind: 'usage' });
    const ran = await runPan(['work', 'status', '--color=always'], { answers: failing(error) });
    assert.equal(ran.code, 2);
    assert.equal(ran.stderr, '\u001b[1;31merror:\u001b[0m MIN-1 has work:\n       3 modified\n');
  });

  it('owns up to its bugs, and shows where only when asked', async () => {
    const bug = new TypeError('x is not a function\n    at somewhere');
    const ran = await runPan(['work', 'status'], { answers: failing(bug) });
    assert.equal(ran.code, 70);
    assert.match(ran.stderr, /^error: This is a bug in Panopticon: x is not a function\.\nhint: .*pan daemon log/);
    assert.doesNotMatch(ran.stderr, /runCli\.test/);
    const debug = await runPan(['work', 'status', '--json'], { answers: failing(bug), env: { PAN_DEBUG: '1' } });
    assert.equal(JSON.parse(debug.stdout).error.code, 'bug');
    assert.match(debug.stderr, /TypeError: x is not a function/);
  });

  it('explains a command line that makes no sense, with exit code 2', async () => {
    const cases: [string[], RegExp][] = [
      [['wrok', 'status'], /no command pan wrok\.\nhint: Did you mean pan work status/],
      [['work', 'why'], /pan work why needs <id>\.\nhint: For example: pan work why MIN-142/],
      [['work', 'why', 'MIN-1', 'MIN-2'], /pan work why takes one id; "MIN-2" is too much\.\nhint: For example: pan/],
      [['status', 'a', 'b', 'c', 'd'], /pan status takes no words; "a" "b" "c" \.\.\. are too much/],
      [['status', '--jsno'], /has no option --jsno\.\nhint: Did you mean --json\?/],
      [['issue', 'create', 'fix', '-x'], /no option -x\.\nhint: Text that starts with a dash goes after --/],
      [['work', 'logs', 'MIN-1', '-n'], /-n, --lines <n> needs a value/],
      [['work', 'logs', 'MIN-1', '-n', 'x'], /--lines takes a whole number from 1, not "x"/],
      [['status', '--color', 'pink'], /--color cannot be "pink"/],
    ];
    for (const [argv, expected] of cases) {
      const ran = await runPan(argv);
      assert.deepEqual([ran.code, ran.stdout, ran.calls], [2, '', []], argv.join(' '));
      assert.match(ran.stderr, expected);
      const json = await runPan(['--json', ...argv]);
      assert.deepEqual([json.code, JSON.parse(json.stdout).error.code], [2, 'usage'], argv.join(' '));
    }
  });

  it('prints one document and nothing else with --json', async () => {
    const agents = [anAgent()];
    const answers = { 'agents.list': () => agents };
    const piped = await runPan(['work', 'status', '--json'], { answers });
    assert.equal(piped.stdout, `${JSON.stringify({ agents })}\n`);
    const seen = await runPan(['work', 'status', '--json'], { answers, terminal: 80 });
    assert.equal(seen.stdout, `${JSON.stringify({ agents }, null, 2)}\n`);
    assert.equal(seen.stderr, '');
  });

  it('prints no character with --json that steers a terminal, and the same value', async () => {
    const agents = [anAgent({ title: 'a\u009b31m \u202eevil\u2069 \u007f é 漢 😀' })];
    const ran = await runPan(['work', 'status', '--json'], { answers: { 'agents.list': () => agents } });
    assert.doesNotMatch(ran.stdout.trimEnd(), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    assert.match(ran.stdout, /a\\u009b31m \\u202eevil\\u2069 \\u007f é 漢 😀/);
    assert.deepEqual(JSON.parse(ran.stdout), { agents });
  });

  it('says in the help of a command what may be chosen, and where the shapes of its JSON are told', async () => {
    const edit = await runPan(['help', 'issue', 'edit']);
    assert.match(edit.stdout, /where it stands: backlog, todo, planning, in_progress,\n\s+in_review/);
    assert.match(edit.stdout, /how urgent it is: urgent, high, normal, low/);
    assert.match(edit.stdout, /\{"issue": Issue\}\n {2}shapes: docs\/cli\.md/);
    for (const line of edit.stdout.split('\n')) assert.ok(line.length <= 80, line);
    assert.doesNotMatch((await runPan(['help', 'init'])).stdout, /shapes:/);
  });

  it('shows help that fits 80 columns, with exit code 0', async () => {
    for (const argv of [
      [],
      ['help'],
      ['--help'],
      ['work'],
      ['help', 'work'],
      ['work', 'hook'],
      ['work', 'tell', '-h'],
    ]) {
      const ran = await runPan(argv);
      assert.deepEqual([ran.code, ran.stderr, ran.connections], [0, '', []], argv.join(' '));
      for (const line of ran.stdout.split('\n')) assert.ok(line.length <= 80, line);
    }
    assert.match(
      (await runPan(['work', 'tell', '--help'])).stdout,
      /^Usage: pan work tell <id> \[text\.\.\.\] \[options\]\n/,
    );
    assert.doesNotMatch((await runPan([])).stdout, /pan hook/);
  });

  it('says its version', async () => {
    for (const asked of ['--version', '-v', '-V', 'version']) {
      assert.equal((await runPan([asked])).stdout, '0.1.0\n', asked);
    }
  });

  it('says that Windows needs WSL2', async () => {
    const ran = await runPan(['status'], { platform: 'win32' });
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, /^error: Panopticon needs WSL2 on Windows\.\nhint: /);
  });

  it('asks doctor and init without a daemon', async () => {
    const offline = {
      doctor: async () => ({ ok: false, checks: [] }),
      init: async () => ({ home: '/home/ada/.panopticon', created: ['config.toml'], kept: [] }),
    };
    const doctor = await runPan(['doctor', '--json'], { offline });
    assert.deepEqual([doctor.code, doctor.stdout, doctor.connections], [1, '{"ok":false,"checks":[]}\n', []]);
    const init = await runPan(['init'], { offline });
    assert.match(init.stdout, /^\/home\/ada\/\.panopticon is ready\.\n {2}created config\.toml\n/);
  });
});
