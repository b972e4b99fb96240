import assert from 'node:assert/strict';
import { codexTranscript } from '../../../../runner/core/runtimes/codex/codexTranscript.ts';
import type { TranscriptFact, TranscriptMemory } from '../../../../runner/core/runtimes/transcriptFormat.ts';
import { readFixture } from './readFixture.ts';

function factsOf(lines: readonly unknown[]): TranscriptFact[] {
  let memory: TranscriptMemory = {};
  return lines.flatMap((line) => {
    const read = codexTranscript.read(line, memory);
    // It is kept as JSON between two runs.
    memory = JSON.parse(JSON.stringify(read.memory)) as TranscriptMemory;
    return read.facts;
  });
}

function rollout(name: string): TranscriptFact[] {
  return factsOf(linesOf(name));
}

function linesOf(name: string): unknown[] {
  return readFixture(`rollout-${name}.jsonl`)
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

function entries(facts: readonly TranscriptFact[]): string[] {
  return facts.flatMap((fact) =>
    fact.kind === 'entry'
      ? [`${fact.entry.kind}${fact.entry.failed ? '!' : ''} ${fact.entry.title}: ${fact.entry.text}`]
      : [],
  );
}

function signs(facts: readonly TranscriptFact[]): string[] {
  return facts.flatMap((fact) => (fact.kind === 'sign' ? [`${fact.sign.state}: ${fact.sign.detail}`] : []));
}

describe('the rollout of Codex', () => {
  it('reads as a conversation', () => {
    const facts = rollout('allowed');
    assert.deepEqual(entries(facts), [
      'user : sh rm -rf victim',
      'agent : I run it.',
      'tool Bash: rm -rf victim',
      'result Bash: ',
      'agent : done with it',
    ]);
    assert.deepEqual(signs(facts), ['busy: working', 'idle: turn ended']);
  });

  it('names the files that were changed', () => {
    assert.ok(
      entries(rollout('file-change')).includes('tool apply_patch: add /home/dev/shop/workspaces/feature-sho-2/new.txt'),
    );
  });

  it('proves messages, also those that joined a turn', () => {
    const prompts = rollout('steered').flatMap((fact) => (fact.kind === 'prompt' ? [fact.text] : []));
    assert.deepEqual(prompts, ['slow one', 'told while busy']);
  });

  it('shows what a hook said in the place of a person, which is no message of a person', () => {
    const facts = rollout('hook-prompt');
    assert.deepEqual(entries(facts), ['user : next item 1']);
    assert.deepEqual(
      facts.filter(({ kind }) => kind === 'prompt'),
      [],
    );
  });

  it('shows what subagents do, and that the conversation was shortened', () => {
    const shown = entries(rollout('subagent'));
    assert.ok(shown.includes('note : subagent /root/helper_one started'));
    assert.ok(shown.includes('note : the conversation was shortened'));
  });

  it('counts each answer once', () => {
    const used = rollout('allowed').filter((fact) => fact.kind === 'usage');
    assert.deepEqual(used, [
      {
        kind: 'usage',
        messageId: 'resp_mock_50',
        model: 'gpt-6.1-sol',
        at: '2026-11-22T17:23:47.760Z',
        tokens: { input: 1050, output: 3, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0 },
      },
      {
        kind: 'usage',
        messageId: 'resp_mock_53',
        model: 'gpt-6.1-sol',
        at: '2026-11-22T17:23:52.075Z',
        tokens: { input: 1053, output: 3, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0 },
      },
    ]);
  });

  it('counts the same where only the running total is written', () => {
    const lines = linesOf('allowed').filter((line) => (line as { type: string }).type !== 'token_usage_record');
    const tokens = factsOf(lines).flatMap((fact) =>
      fact.kind === 'usage' ? [[fact.messageId, fact.tokens.input]] : [],
    );
    assert.deepEqual(tokens, [
      ['total 1053', 1050],
      ['total 2109', 1053],
    ]);
  });

  it('does not count what came from a cache as input', () => {
    const usage = { input_tokens: 100, cached_input_tokens: 60, cache_write_input_tokens: 30, output_tokens: 7 };
    const payload = { type: undefined, response_id: 'r', usage };
    const [fact] = factsOf([{ timestamp: '2026-01-01T00:00:00Z', type: 'token_usage_record', payload }]);
    assert.ok(fact?.kind === 'usage');
    assert.deepEqual(fact.tokens, { input: 10, output: 7, cacheRead: 60, cacheWrite: 30, cacheWriteLong: 0 });
  });

  const ends: [name: string, last: string, until: string | null][] = [
    ['interrupted', 'idle: interrupted', null],
    ['denied-by-esc', 'idle: interrupted', null],
    ['usage-limit', 'parked: usage limit', '2026-11-22T18:15:08.000Z'],
    ['rate-limited', 'parked: usage limit', null],
    ['unauthorized', 'parked: logged out', null],
    ['unknown-model', 'parked: its model is not available', null],
  ];
  for (const [name, last, until] of ends) {
    it(`tells how a turn ended: ${name}`, () => {
      const facts = rollout(name);
      assert.equal(signs(facts).at(-1), last);
      const sign = facts.findLast((fact) => fact.kind === 'sign');
      assert.equal(sign?.until, until);
    });
  }

  it('tells of any other failure in the words of Codex', () => {
    const error = {
      message: 'stream \u001b[31mclosed',
      codex_error_info: { response_stream_disconnected: { http_status_code: null } },
    };
    const line = { timestamp: '2026-01-01T00:00:00Z', type: 'event_msg', payload: { type: 'task_complete', error } };
    assert.deepEqual(signs(factsOf([line])), ['idle: turn failed: stream closed']);
    assert.deepEqual(entries(factsOf([line])), ['note! : stream closed']);
  });

  it('says nothing where it is not understood', () => {
    for (const line of [
      null,
      1,
      'x',
      {},
      { timestamp: 't', type: 'event_msg' },
      { timestamp: 't', type: 'new', payload: {} },
    ]) {
      assert.deepEqual(codexTranscript.read(line, {}).facts, []);
    }
  });

  it('lies in the folder of Codex', () => {
    assert.equal(codexTranscript.root({ HOME: '/home/dev' }), '/home/dev/.codex/sessions');
    assert.equal(codexTranscript.root({ HOME: '/home/dev', CODEX_HOME: '/srv/codex' }), '/srv/codex/sessions');
  });
});
