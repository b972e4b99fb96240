import assert from 'node:assert/strict';
import { requestOf, requestPath, requestQuery } from '../../../../extension/src/documents/requestName.ts';
import { requestText } from '../../../../extension/src/documents/requestText.ts';
import { transcriptText } from '../../../../extension/src/documents/transcriptText.ts';
import type { TranscriptEntry } from '../../../../runner/protocol/models.ts';

describe('the address of a request', () => {
  it('names the request, and nothing that is not ours is read as one', () => {
    const name = { agentId: 'agent-min-1', requestId: 'a80b' };
    assert.deepEqual(requestOf(requestQuery(name)), name);
    assert.equal(requestPath({ issueId: 'MIN-1', kind: 'permission' }), '/.panopticon-request/MIN-1 permission');
    assert.deepEqual(['', 'MIN-1 a80b', 'agent-min-1', 'agent-min-1 a b'].map(requestOf), Array(4).fill(undefined));
  });
});

describe('the text of a request', () => {
  const base = { text: 'sh x\nsh y', questions: [] };

  it('is all of it, with what is not seen by itself', () => {
    assert.equal(requestText({ kind: 'permission', ...base, text: 'a \u202e $(b)\n\tc' }), 'a \\u202e $(b)\n\tc\n');
    assert.equal(requestText({ kind: 'plan', ...base }), 'sh x\nsh y\n');
  });

  it('is every question with what can be answered', () => {
    const questions = [
      { text: 'Where?', options: [{ label: 'Redis', description: 'used already' }], multiple: false },
      { text: 'Which?', options: [], multiple: false },
    ];
    assert.equal(
      requestText({ kind: 'question', text: 'Where?\nWhich?', questions }),
      '1. Where?\n\n  - Redis: used already\n\n2. Which?\n',
    );
  });
});

describe('the text of a transcript', () => {
  it('is an entry a paragraph, whole, with who said it', () => {
    const at = new Date(2026, 10, 22, 14, 1).toISOString();
    const entry = (changes: Partial<TranscriptEntry>): TranscriptEntry => ({
      at,
      kind: 'agent',
      title: '',
      text: '',
      failed: false,
      aside: false,
      place: 0,
      ...changes,
    });
    const entries = [
      entry({ kind: 'user', text: 'Plan it.\nKeep the API.' }),
      entry({ kind: 'tool', title: 'Bash', text: 'npm test' }),
      entry({ kind: 'result', text: 'Error\nin a.ts', failed: true, aside: true }),
    ];
    assert.equal(
      transcriptText(entries),
      [
        '14:01 you   Plan it.',
        '            Keep the API.',
        '14:01 >     Bash npm test',
        '14:01   <     failed',
        '              Error',
        '              in a.ts',
        '',
      ].join('\n'),
    );
  });
});
