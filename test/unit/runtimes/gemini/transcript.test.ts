import assert from 'node:assert/strict';
import { geminiTranscript } from '../../../../runner/core/runtimes/gemini/transcript.ts';
import type { TranscriptFact, TranscriptMemory } from '../../../../runner/core/runtimes/transcriptFormat.ts';
import { recordedLines } from './recordings.ts';

function readAll(lines: readonly unknown[]): TranscriptFact[] {
  let memory: TranscriptMemory = {};
  return lines.flatMap((line) => {
    // What is remembered must survive being written down.
    const read = geminiTranscript.read(line, JSON.parse(JSON.stringify(memory)) as TranscriptMemory);
    memory = read.memory;
    return read.facts;
  });
}

function entries(facts: readonly TranscriptFact[]): string[] {
  return facts.flatMap((fact) => {
    if (fact.kind !== 'entry') return [];
    const { kind, title, text, failed } = fact.entry;
    return [`${kind}${failed ? '!' : ''} ${title === '' ? '' : `${title}: `}${text.split('\n')[0]}`];
  });
}

function signs(facts: readonly TranscriptFact[]) {
  return facts.flatMap((fact) => (fact.kind === 'sign' ? [{ ...fact.sign, until: fact.until }] : []));
}

/** The cause of a parked agent, where the words are those of one. */
function causeOf(detail: string): { cause?: string } {
  const causes = { 'usage limit': 'limit', 'logged out': 'login', 'its model is not available': 'model' };
  const cause = new Map(Object.entries(causes)).get(detail);
  return cause === undefined ? {} : { cause };
}

/** An error as the API sends it. */
function apiJson(code: number, status: string, message: string): string {
  return JSON.stringify({ error: { code, message, status } });
}

describe('the transcript of Gemini CLI', () => {
  it('reads as a conversation, once, although declining a dialog writes all of it again', () => {
    const facts = readAll(recordedLines('declined'));
    assert.deepEqual(entries(facts), [
      'user p shell touch k1',
      'agent I will run that.',
      'tool run_shell_command: touch k1',
      'result run_shell_command: (empty)',
      'agent ok all done with it',
      'user p shell npm test',
      'agent I will run that.',
      'tool run_shell_command: npm test',
      'result run_shell_command: npm error code ENOENT',
      'agent ok all done with it',
      'user p shell touch k2 && rm k1',
      'agent I will run that.',
      'tool run_shell_command: touch k2 && rm k1',
      'result! run_shell_command: [Operation Cancelled] Reason: User denied execution.',
      'note Request cancelled.',
      'user p shell touch k3 > k4',
      'agent I will run that.',
      'tool run_shell_command: touch k3 > k4',
      'result run_shell_command: (empty)',
      'agent ok all done with it',
      'user p shell touch `rm k1`',
      'agent I will run that.',
      'tool run_shell_command: touch `rm k1`',
      'result! run_shell_command: [Operation Cancelled] Reason: User denied execution.',
    ]);
  });

  it('proves which prompts reached the conversation', () => {
    const prompts = readAll(recordedLines('declined')).flatMap((fact) => (fact.kind === 'prompt' ? [fact.text] : []));
    assert.equal(prompts.length, 5);
    assert.equal(prompts[2], 'p shell touch k2 && rm k1');
  });

  it('tells what each message of the model used, the same again for the same message', () => {
    const used = readAll(recordedLines('declined')).flatMap((fact) => (fact.kind === 'usage' ? [fact] : []));
    const byMessage = new Map(used.map(({ messageId, tokens }) => [messageId, tokens.input + tokens.output]));
    assert.equal(used.length, 13);
    assert.deepEqual([...byMessage.values()], [1007, 1007, 1009, 1009, 1014, 1014, 1012, 1015]);
  });

  it('counts what came from the cache, thoughts and what tools of the API read', () => {
    const tokens = { input: 100, output: 10, cached: 40, thoughts: 5, tool: 7, total: 122 };
    const line = {
      id: 'm',
      timestamp: '2026-11-22T17:00:00.000Z',
      type: 'gemini',
      content: 'x',
      model: 'gemini-3-pro',
      tokens,
    };
    const [, usage] = readAll([line]);
    assert.deepEqual(usage, {
      kind: 'usage',
      messageId: 'm',
      model: 'gemini-3-pro',
      at: line.timestamp,
      tokens: { input: 67, output: 15, cacheRead: 40, cacheWrite: 0, cacheWriteLong: 0 },
    });
  });

  it('says that a turn was interrupted or declined', () => {
    assert.deepEqual(signs(readAll(recordedLines('declined'))), [
      { state: 'idle', detail: 'interrupted', until: null },
    ]);
  });

  it('says that the key was refused', () => {
    assert.deepEqual(signs(readAll(recordedLines('errors'))), [
      { state: 'parked', detail: 'logged out', cause: 'login', until: null },
    ]);
  });

  it('says what other errors mean, and until when', () => {
    const at = '2026-11-22T17:00:00.000Z';
    const cases: [string, string, string, string | null][] = [
      [
        '[API Error: You exceeded your current quota.\nSuggested retry after 7200s.]',
        'parked',
        'usage limit',
        '2026-11-22T19:00:00.000Z',
      ],
      ['[API Error: You have exhausted your daily quota on this model.]', 'parked', 'usage limit', null],
      ['[API Error: Too many. (Status: RESOURCE_EXHAUSTED)]', 'parked', 'usage limit', null],
      ['[API Error: Slow down]\nPossible quota limitations in place or slow', 'parked', 'usage limit', null],
      ['[API Error: got status: 429 Too Many Requests]', 'parked', 'usage limit', null],
      [`[API Error: ${apiJson(429, 'RESOURCE_EXHAUSTED', 'API key not valid')}]`, 'parked', 'usage limit', null],
      [
        `[API Error: ${apiJson(429, 'RESOURCE_EXHAUSTED', 'Please retry in 7200s.')}]`,
        'parked',
        'usage limit',
        '2026-11-22T19:00:00.000Z',
      ],
      [`[API Error: ${apiJson(400, '', apiJson(401, 'UNAUTHENTICATED', 'x'))}]`, 'parked', 'logged out', null],
      ['[API Error: models/x is not found for API version v1beta]', 'parked', 'its model is not available', null],
      [`[API Error: ${apiJson(404, 'NOT_FOUND', 'x')}]`, 'parked', 'its model is not available', null],
      ['[API Error: exception fetching]', 'idle', 'turn failed: exception fetching]', null],
    ];
    for (const message of [
      '400 tool schema invalid: field "quota" unknown]',
      'the file NOT_FOUND.md is not found, see the rate limit of "code": 429]',
      `${apiJson(400, 'INVALID_ARGUMENT', 'quota is not found, API_KEY_INVALID')}]`,
    ])
      cases.push([`[API Error: ${message}`, 'idle', `turn failed: ${message}`, null]);
    for (const [content, state, detail, until] of cases) {
      const facts = readAll([{ id: 'e', timestamp: at, type: 'error', content }]);
      assert.deepEqual(signs(facts), [{ state, detail, ...causeOf(detail), until }]);
    }
  });

  it('takes lines that it does not know, and a beginning in the middle', () => {
    assert.deepEqual(readAll([null, 7, {}, { id: 'x' }, { type: 'gemini' }, []]), []);
    assert.equal(readAll(recordedLines('declined').slice(40)).length > 0, true);
  });

  it('lies below the tool’s folder, with its subagents in a folder named after the session', () => {
    assert.equal(geminiTranscript.root({ HOME: '/home/dev' }), '/home/dev/.gemini/tmp');
    assert.equal(geminiTranscript.root({ HOME: '/home/dev', GEMINI_CLI_HOME: '/g' }), '/g/.gemini/tmp');
    assert.equal(geminiTranscript.subagents?.('/a/chats/session-1.jsonl', 'id'), '/a/chats/id');
  });
});
