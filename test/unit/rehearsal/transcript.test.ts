import assert from 'node:assert/strict';
import { rehearsalTranscript } from '../../../runner/core/runtimes/rehearsal/transcript.ts';
import type { TranscriptFact, TranscriptMemory } from '../../../runner/core/runtimes/transcriptFormat.ts';

const at = '2026-11-22T12:00:00.000Z';

function read(...lines: unknown[]): TranscriptFact[] {
  let memory: TranscriptMemory = {};
  return lines.flatMap((line) => {
    const read = rehearsalTranscript.read(line, memory);
    memory = JSON.parse(JSON.stringify(read.memory));
    return read.facts;
  });
}

describe('the transcript of a rehearsal', () => {
  it('says who said what, and counts the same tokens for the same words', () => {
    const said = { at, role: 'assistant', text: 'well' };
    const facts = read({ at, role: 'user', text: 'do it now' }, { at, role: 'tool', text: 'abc' }, said, said);
    assert.deepEqual(
      facts.flatMap((fact) => (fact.kind === 'entry' ? [`${fact.entry.kind} ${fact.entry.text}`] : [])),
      ['user do it now', 'note abc', 'agent well', 'agent well'],
    );
    const used = facts.flatMap((fact) => (fact.kind === 'usage' ? [fact] : []));
    assert.deepEqual(
      used.map(({ model, tokens: { input, output } }) => [model, input, output]),
      [
        ['rehearsal', 3, 1],
        ['rehearsal', 0, 1],
      ],
    );
    assert.equal(new Set(used.map(({ messageId }) => messageId)).size, 2);
  });

  it('tells that a turn was interrupted, which no hook does', () => {
    const signs = read({ at, role: 'tool', text: 'Interrupted.' }).filter(({ kind }) => kind === 'sign');
    assert.deepEqual(signs, [{ kind: 'sign', sign: { state: 'idle', detail: 'interrupted' }, at, until: null }]);
  });

  it('takes nothing from lines of another kind', () => {
    assert.deepEqual(read(null, 1, {}, { at, role: 'system', text: '' }, { at, role: 'user' }), []);
  });

  it('lies in the home', () => {
    assert.equal(rehearsalTranscript.root({ HOME: '/h' }), '/h/.panopticon/rehearsal');
    assert.equal(rehearsalTranscript.root({ HOME: '/h', PANOPTICON_HOME: '/p' }), '/p/rehearsal');
  });
});
