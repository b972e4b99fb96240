import assert from 'node:assert/strict';
import { transcriptPage } from '../../../runner/cli/render/transcriptPage.ts';
import { UserError } from '../../../runner/protocol/errors.ts';
import type { TranscriptEntry } from '../../../runner/protocol/models.ts';
import { waitFor } from '../../support/waitFor.ts';
import { FakeRunner } from './fakeRunner.ts';
import { lookFor } from './lookFor.ts';
import { anAgent } from './models.ts';
import { runPan } from './runPan.ts';

function entry(kind: TranscriptEntry['kind'], text: string, changes: Partial<TranscriptEntry> = {}): TranscriptEntry {
  const at = new Date(2026, 10, 22, 14, 31, 0, 0).toISOString();
  return { at, kind, title: '', text, failed: false, aside: false, place: 0, ...changes };
}

const later = (ms: number) => new Date(new Date(2026, 10, 22, 14, 31).getTime() + ms).toISOString();
const page = (entries: TranscriptEntry[], more = false) => ({ entries, cursor: 'c1', more });

describe('a conversation on a terminal', () => {
  const entries = [
    entry('user', 'Fix the export, please: files must keep their byte order mark.\n\nTests, too.'),
    entry('agent', 'I look at it.'),
    entry('tool', 'npm test', { title: 'Bash' }),
    entry('result', 'ok\n', { at: later(800) }),
    entry('tool', 'src/a.ts', { title: 'Read', aside: true }),
    entry('result', 'no such file', { failed: true, aside: true, at: later(30) }),
    entry('tool', 'ls', { title: 'Bash' }),
    entry('result', Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n')),
    entry('note', 'compacted'),
  ];

  it('names who speaks, wraps what is said, and sums up what tools did', async () => {
    assert.equal(
      transcriptPage(entries, await lookFor(entries, { width: 50 })),
      [
        '14:31 you   Fix the export, please: files must',
        '            keep their byte order mark.',
        '',
        '            Tests, too.',
        '14:31 agent I look at it.',
        '14:31 >     Bash npm test',
        '14:31 <     0.8 s',
        '            ok',
        '14:31   >     Read src/a.ts',
        '14:31   <     failed, 30 ms',
        '              no such file',
        '14:31 >     Bash ls',
        '14:31 <     done',
        ...Array.from({ length: 8 }, (_, index) => `            line ${index}`),
        '            (12 more lines)',
        '14:31 note  compacted',
      ].join('\n'),
    );
  });

  it('never breaks what is piped, and breaks words that are too long for a terminal', async () => {
    const long = [entry('agent', 'x'.repeat(100))];
    const piped = transcriptPage(long, await lookFor(long, { width: Number.POSITIVE_INFINITY }));
    assert.equal(piped, `14:31 agent ${'x'.repeat(100)}`);
    const narrow = transcriptPage(long, await lookFor(long, { width: 52 })).split('\n');
    assert.deepEqual(
      narrow.map((line) => line.length),
      [52, 52, 32],
    );
    const wide = [entry('agent', '漢'.repeat(30))];
    const lines = transcriptPage(wide, await lookFor(wide, { width: 52 })).split('\n');
    assert.deepEqual(
      lines.map((line) => line.trim().length),
      [12 + 20, 10],
    );
  });

  it('prints no control characters', async () => {
    const evil = [entry('agent', 'a\u001b[31mb\u202ec\u0007'), entry('tool', 'x\ny', { title: 'B\u001b]0;t\u0007' })];
    assert.equal(transcriptPage(evil, await lookFor(evil)), '14:31 agent abc\n14:31 >     B x y');
  });
});

describe('pan work logs', () => {
  const log = { text: 'the screen', source: 'screen' };

  it('shows the conversation, and how to see more of it', async () => {
    const answers = { 'agents.transcript': () => page([entry('agent', 'hello')], true) };
    const ran = await runPan(['work', 'logs', 'MIN-142'], { answers });
    assert.equal(ran.stdout, 'There is more: pan work logs MIN-142 -n 120\n14:31 agent hello\n');
    assert.deepEqual(ran.calls, [{ method: 'agents.transcript', params: { id: 'MIN-142', limit: 30 } }]);
    const json = await runPan(['work', 'logs', 'MIN-142', '--json', '-n', '1'], { answers });
    assert.deepEqual(JSON.parse(json.stdout), page([entry('agent', 'hello')], true));
  });

  it('shows the terminal where that is asked for, and where nothing is written down', async () => {
    const asked = await runPan(['work', 'logs', 'MIN-1', '--screen', '-n', '7'], {
      answers: { 'agents.log': () => log },
    });
    assert.equal(asked.stdout, 'the screen\n');
    assert.deepEqual(asked.calls, [{ method: 'agents.log', params: { id: 'MIN-1', lines: 7 } }]);
    const none = (code: string) => () => {
      throw new UserError({ code, message: 'None.' });
    };
    for (const transcript of [none('noTranscript'), none('noTranscriptYet'), () => page([])]) {
      const ran = await runPan(['work', 'logs', 'MIN-1'], {
        answers: { 'agents.log': () => log, 'agents.transcript': transcript },
      });
      assert.deepEqual([ran.stdout, ran.stderr], ['the screen\n', '']);
    }
    const failed = await runPan(['work', 'logs', 'MIN-1'], { answers: { 'agents.transcript': none('noAgent') } });
    assert.equal(failed.code, 1);
  });

  it('does not follow into a document, nor a screen', async () => {
    for (const option of ['--json', '--screen'])
      assert.equal((await runPan(['work', 'logs', 'MIN-1', '-f', option])).code, 2);
  });

  it('follows: prints what comes, and goes on with the runner that takes the place of the former', async () => {
    const said: string[] = ['one'];
    const asked: unknown[] = [];
    const agent = { now: anAgent() };
    const runner = new FakeRunner({
      'agents.list': () => [anAgent({ issueId: 'MIN-9', status: 'done', pid: null }), agent.now],
      'agents.transcript': (params) => {
        asked.push(params);
        return page(said.splice(0).map((text) => entry('agent', text)));
      },
    });
    let written = '';
    const stdout = {
      isTTY: false,
      columns: undefined,
      write: async (text: string) => {
        written += text;
      },
    };
    const running = runPan(['work', 'logs', 'MIN-142', '-f'], { host: { connect: async () => runner.api, stdout } });
    const prints = (text: string) =>
      waitFor(() => written.includes(text) || undefined, { timeoutMs: 10_000, what: JSON.stringify(text) });
    await prints('one');
    said.push('two');
    runner.fire({ scope: 'transcripts', ids: ['agent-min-9'] });
    runner.fire({ scope: 'agents', ids: ['agent-min-142'] });
    assert.equal(asked.length, 1);
    runner.fire({ scope: 'transcripts', ids: ['agent-min-142'] });
    await prints('two');
    said.push('three');
    runner.lose();
    await prints('three');
    assert.equal(written, '14:31 agent one\n14:31 agent two\n14:31 agent three\n');
    assert.deepEqual(asked, [
      { id: 'MIN-142', limit: 30, after: undefined },
      { id: 'MIN-142', limit: 30, after: 'c1' },
      { id: 'MIN-142', limit: 30, after: 'c1' },
    ]);
    agent.now = anAgent({ status: 'done', reason: '4 commits on feature/min-142' });
    runner.fire({ scope: 'agents', ids: ['agent-min-142'] });
    said.push('last');
    agent.now = { ...agent.now, pid: null };
    runner.fire({ scope: 'agents', ids: ['agent-min-142'] });
    const { code, stderr } = await running;
    assert.deepEqual([code, stderr], [0, 'The runner stopped; waiting for it.\n']);
    assert.ok(written.endsWith('14:31 agent last\nMIN-142 is done: 4 commits on feature/min-142\n'), written);
  });

  it('follows no further than to a failure', async () => {
    const ran = await runPan(['work', 'logs', 'MIN-142', '-f'], {
      answers: {
        'agents.list': () => [],
        'agents.transcript': () => {
          throw new UserError({ code: 'noAgent', message: 'It is gone.' });
        },
      },
    });
    assert.deepEqual([ran.code, ran.stderr], [1, 'error: It is gone.\n']);
  });
});
