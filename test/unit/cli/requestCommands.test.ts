import assert from 'node:assert/strict';
import type { AgentRequest, AnswerResult } from '../../../runner/protocol/models.ts';
import { runPan } from './runPan.ts';

function aRequest(changes: Partial<AgentRequest> = {}): AgentRequest {
  return {
    id: 'r1',
    agentId: 'agent-min-142',
    issueId: 'MIN-142',
    title: 'Rate-limit login',
    runtime: 'claude',
    kind: 'permission',
    oneLine: 'npm test -- --runInBand auth',
    brief: true,
    text: 'npm test -- --runInBand auth',
    tool: 'Bash',
    cwd: '/home/ada/myn/workspaces/feature-min-142',
    answers: ['allow', 'session', 'deny', 'text'],
    questions: [],
    since: '2026-11-22T14:31:00.000Z',
    answeredBy: 'hook',
    ...changes,
  };
}

const aQuestion = aRequest({
  issueId: 'MIN-131',
  kind: 'question',
  runtime: 'codex',
  oneLine: 'Keep the BOM?',
  text: 'Keep the BOM?',
  tool: 'AskUserQuestion',
  answers: ['text', 'deny'],
  questions: [
    {
      text: 'Keep the BOM?',
      options: [
        { label: 'Keep it', description: 'as before' },
        { label: 'Drop it', description: '' },
      ],
      multiple: false,
    },
  ],
});

describe('pan work requests', () => {
  const show = async (requests: AgentRequest[], ...argv: string[]) => {
    const ran = await runPan(['work', 'requests', ...argv], { answers: { 'requests.list': () => requests } });
    assert.equal(ran.code, 0, ran.stderr);
    return ran;
  };

  it('lists what everybody asks', async () => {
    const { stdout, calls } = await show([aRequest(), aQuestion]);
    assert.deepEqual(stdout.split('\n'), [
      'ID      KIND       AGE  TOOL   ASK',
      'MIN-142 permission  4m  claude npm test -- --runInBand auth',
      'MIN-131 question    4m  codex  Keep the BOM?',
      '',
      'See the first whole: pan work requests MIN-142',
      '',
    ]);
    assert.deepEqual(calls, [{ method: 'requests.list', params: {} }]);
  });

  it('says so when there is nothing', async () => {
    assert.equal((await show([])).stdout, 'Nobody asks anything.\n');
    assert.equal((await show([], 'min-142')).stdout, 'MIN-142 asks nothing.\n');
  });

  it('shows the whole of one, harmless for the terminal, and what to type', async () => {
    const text = 'cat <<EOF\n\u001b[2J\u202ehello\nEOF';
    const { stdout, calls } = await show([aRequest({ text, brief: false })], 'MIN-142');
    assert.match(stdout, /^◆ MIN-142 Rate-limit login \(claude\) wants to use Bash since \d\d:\d\d \(4 min\)\n/);
    assert.ok(
      stdout.endsWith(
        '\n\n    cat <<EOF\n    hello\n    EOF\n\nAnswer it: pan work answer MIN-142 allow --request r1\nor: session, deny, "what to do instead"\n',
      ),
    );
    assert.deepEqual(calls, [{ method: 'requests.list', params: { id: 'MIN-142' } }]);
  });

  it('numbers the options of a question', async () => {
    const { stdout } = await show([aQuestion], 'MIN-131');
    assert.ok(
      stdout.endsWith(
        '\n    Keep the BOM?\n      1. Keep it: as before\n      2. Drop it\n\nAnswer it: pan work answer MIN-131 1 --request r1\nor: 2, "your own words", deny\n',
      ),
    );
  });

  it('names each request by as much of its id as tells it from the others', async () => {
    for (const [ids, names] of [
      [['a80b11', 'a80c22'], 'a80b a80c'],
      [['a80b11', 'a80b12'], 'a80b11 a80b12'],
      [['a80b11'], 'a80b'],
    ] as const) {
      const { stdout } = await show(
        ids.map((id) => aRequest({ id })),
        'MIN-142',
      );
      const printed = [...stdout.matchAll(/pan work answer MIN-142 allow --request (\w+)\n/g)];
      assert.equal(printed.map(([, name]) => name).join(' '), names);
    }
  });

  it('shows one way for all questions where there are several', async () => {
    const questions = [...aQuestion.questions, { text: 'Where?', options: [], multiple: false }];
    const { stdout } = await show([{ ...aQuestion, questions }], 'MIN-131');
    assert.ok(stdout.endsWith('\nAnswer it: pan work answer MIN-131 1 "your answer" --request r1\nor: deny\n'));
  });

  it('sends to the terminal what can be answered only there', async () => {
    const { stdout } = await show([aRequest({ answers: [], answeredBy: 'attach' })], 'MIN-142');
    assert.ok(stdout.endsWith('\n\nAnswer it in its terminal: pan work attach MIN-142\n'));
  });

  it('sends to the terminal for a yes to what it cannot show whole', async () => {
    const { stdout } = await show([aRequest({ answers: ['deny', 'text'], brief: false })], 'MIN-142');
    const refuse = 'Refuse it: pan work answer MIN-142 deny --request r1\nor: "what to do instead"';
    assert.ok(stdout.endsWith(`\n\n${refuse}\nAnything else in its terminal: pan work attach MIN-142\n`));
    const question = await show([{ ...aQuestion, answers: ['deny'] }], 'MIN-131');
    assert.match(
      question.stdout,
      /\n\nRefuse it: pan work answer MIN-131 deny --request r1\nAnything else in its terminal: /,
    );
  });

  it('prints the requests as they are for programs', async () => {
    const { stdout } = await show([aRequest()], '--json');
    assert.deepEqual(JSON.parse(stdout), { requests: [aRequest()] });
  });
});

describe('pan work answer', () => {
  const result: AnswerResult = { requestId: 'r1', issueId: 'MIN-142', detail: 'Allowed: npm test', tookMs: 200 };
  const run = (...argv: string[]) => answering(result, argv);
  const answering = (answer: AnswerResult, argv: readonly string[]) =>
    runPan(['work', 'answer', 'min-142', ...argv], { answers: { 'requests.answer': () => answer } });

  for (const [argv, params] of [
    [['allow'], { answer: 'allow', texts: [] }],
    [['session', '--request', 'r1'], { answer: 'session', texts: [], requestId: 'r1' }],
    [['deny'], { answer: 'deny', texts: [] }],
    [['deny', '-m', 'use pnpm'], { answer: 'deny', texts: ['use pnpm'] }],
    [['use', 'pnpm'], { answer: 'text', texts: ['use', 'pnpm'] }],
    [['allow', 'all'], { answer: 'text', texts: ['allow', 'all'] }],
    [['--text', 'deny'], { answer: 'text', texts: ['deny'], exact: true }],
    [['--text', '2'], { answer: 'text', texts: ['2'], exact: true }],
    [['2'], { answer: 'text', texts: ['2'] }],
  ] as const) {
    it(`asks for ${params.answer} with ${argv.join(' ')}`, async () => {
      const { code, calls } = await run(...argv);
      assert.equal(code, 0);
      assert.deepEqual(calls, [{ method: 'requests.answer', params: { id: 'min-142', ...params } }]);
    });
  }

  describe('in one word', () => {
    const asked = (requests: AgentRequest[], ...argv: string[]) =>
      runPan(['work', 'answer', 'min-142', ...argv], {
        answers: { 'requests.answer': () => result, 'requests.list': () => requests },
      });
    const plan = aRequest({ id: 'p1', kind: 'plan' });

    for (const [argv, request, params] of [
      [['yes'], aRequest(), { answer: 'allow', texts: [], requestId: 'r1' }],
      [['Y'], plan, { answer: 'allow', texts: [], requestId: 'p1' }],
      [['OK', '--request', 'r'], aRequest(), { answer: 'allow', texts: [], requestId: 'r1' }],
      [['always'], aRequest(), { answer: 'session', texts: [], requestId: 'r1' }],
      [['no', '-m', 'use pnpm'], aRequest(), { answer: 'deny', texts: ['use pnpm'], requestId: 'r1' }],
      [['n'], aQuestion, { answer: 'text', texts: ['n'] }],
      [['alow'], aQuestion, { answer: 'text', texts: ['alow'] }],
      [['yes', '--request', 'r9'], aRequest(), { answer: 'text', texts: ['yes'], requestId: 'r9' }],
    ] as const) {
      it(`says ${params.answer} by ${argv.join(' ')} to a ${request.kind}`, async () => {
        const { code, calls } = await asked([request], ...argv);
        assert.equal(code, 0);
        assert.deepEqual(calls.at(-1), { method: 'requests.answer', params: { id: 'min-142', ...params } });
      });
    }

    for (const [word, meant] of [
      ['alow', 'allow'],
      ['sesion', 'session'],
      ['denny', 'deny'],
      ['approve', 'allow'],
    ] as const) {
      it(`is not taken for a reason to deny where it is near another: ${word}`, async () => {
        const { code, stderr, calls } = await asked([aRequest()], word);
        assert.equal(code, 2);
        const hint = `Did you mean ${meant}? Words deny it: pan work answer MIN-142 deny -m "${word}"`;
        assert.equal(stderr, `error: ${word} is neither allow, session nor deny.\nhint: ${hint}\n`);
        assert.deepEqual(calls, [{ method: 'requests.list', params: { id: 'min-142' } }]);
      });
    }
  });

  for (const argv of [[], ['  '], ['allow', '--text', 'x'], ['allow', '-m', 'x'], ['2', '-m', 'x']]) {
    it(`does not understand ${JSON.stringify(argv)}`, async () => {
      const { code, calls } = await run(...argv);
      assert.deepEqual([code, calls], [2, []]);
    });
  }

  it('says what was answered and when it went on', async () => {
    assert.equal((await run('allow')).stdout, 'Allowed: npm test (MIN-142), going on after 0.2 s\n');
    const unseen = await answering({ ...result, tookMs: null }, ['allow']);
    assert.equal(unseen.stdout, 'Allowed: npm test (MIN-142)\nThe agent shows nothing yet.\n');
  });
});
