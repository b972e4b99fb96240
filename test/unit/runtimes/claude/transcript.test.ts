import assert from 'node:assert/strict';
import { claudeTranscript } from '../../../../runner/core/runtimes/claude/claudeTranscript.ts';
import type { TranscriptFact } from '../../../../runner/core/runtimes/transcriptFormat.ts';
import { recordedLines } from './fixture.ts';

describe('the transcripts of Claude Code', () => {
  const facts = recordedLines('conversation').flatMap(read);

  it('hold what was said, done and interrupted', () => {
    const entries = facts.flatMap((fact) => (fact.kind === 'entry' ? [fact.entry] : []));
    assert.deepEqual(
      entries.map(({ kind, title, text, failed }) => [kind, title, text.slice(0, 40), failed]),
      [
        ['user', '', 'hello', false],
        ['agent', '', 'ok', false],
        ['user', '', 'SLOW(3000) first', false],
        ['agent', '', 'slow done', false],
        ['user', '', 'second while busy', false],
        ['agent', '', 'ok', false],
        ['user', '', 'RUN(sleep 8)END', false],
        ['agent', '', 'I will run it.', false],
        ['tool', 'Bash', 'sleep 8', false],
        ['result', '', "The user doesn't want to proceed with th", true],
        ['note', '', 'interrupted', false],
        ['user', '', 'third while tool runs', false],
        ['agent', '', 'ok', false],
        ['note', '', "You've hit your 5-hour limit · resets 9:", true],
        ['note', '', 'Usage limit reached · set to continue au', false],
      ],
    );
  });

  it('count each message of the model once, although each of its blocks is a line', () => {
    const byMessage = new Map(facts.flatMap((fact) => (fact.kind === 'usage' ? [[fact.messageId, fact.tokens]] : [])));
    assert.deepEqual(byMessage.get('msg_mock305'), {
      input: 1305,
      output: 8,
      cacheRead: 0,
      cacheWrite: 0,
      cacheWriteLong: 0,
    });
    assert.equal(
      [...byMessage.values()].reduce((sum, { input }) => sum + input, 0),
      1301 + 1302 + 1304 + 1305 + 1310,
    );
  });

  it('tell caches of minutes from those of an hour', () => {
    const usage = {
      input_tokens: 3,
      output_tokens: 5,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
    };
    const [fact] = read(line({ type: 'assistant', message: { id: 'm', model: 'claude-x', content: [], usage } }));
    const tokens = { input: 3, output: 5, cacheRead: 100, cacheWrite: 10, cacheWriteLong: 20 };
    assert.deepEqual(fact, { kind: 'usage', messageId: 'm', model: 'claude-x', at, tokens });
  });

  it('prove that a message arrived, also one that waits until the turn goes on', () => {
    const prompts = facts.flatMap((fact) => (fact.kind === 'prompt' ? [fact.text] : []));
    assert.equal(prompts.filter((text) => text === 'second while busy').length, 2);
  });

  it('tell of interruptions, and of limits with their ends', () => {
    const signs = facts.flatMap((fact) =>
      fact.kind === 'sign' ? [[fact.sign.state, fact.sign.detail, fact.until]] : [],
    );
    assert.deepEqual(signs, [
      ['idle', 'was interrupted', null],
      ['parked', 'usage limit', '2026-11-22T21:20:00.000Z'],
    ]);
  });

  it('show what subagents do beside the rest, and take nothing of theirs for the agent itself', () => {
    const aside = read(line({ type: 'user', isSidechain: true, message: { content: 'Look for the tests' } }));
    assert.deepEqual(aside, [
      { kind: 'entry', entry: { at, kind: 'user', title: '', text: 'Look for the tests', failed: false, aside: true } },
    ]);
    assert.equal(claudeTranscript.subagents?.('/x/abc.jsonl', null), '/x/abc/subagents');
  });

  it('may hold anything else', () => {
    for (const odd of [
      null,
      3,
      'x',
      [],
      {},
      { type: 'user' },
      line({ type: 'user', message: { content: 7 } }),
      line({}),
    ]) {
      assert.deepEqual(read(odd), []);
    }
  });
});

const at = '2026-11-22T17:40:00.000Z';

function line(fields: object): object {
  return { timestamp: at, ...fields };
}

function read(value: unknown): TranscriptFact[] {
  return claudeTranscript.read(value, {}).facts;
}
