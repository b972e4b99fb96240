import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editIssueText, newIssueText } from '../../../runner/core/trackers/local/issueText.ts';
import { type IssueHead, readHead } from '../../../runner/core/trackers/local/readHead.ts';
import { bodyBytes, splitIssue } from '../../../runner/core/trackers/local/splitIssue.ts';
import { issueStates, priorities } from '../../../runner/protocol/enumerations.ts';

const now = '2026-02-03T04:05:06.789Z';
const later = '2026-03-04T05:06:07.890Z';
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  .map((text) => text.replace(/\s+/gu, ' ').trim())
  .filter((text) => text !== '');
const fields = fc.record({
  title: fc.oneof(
    line,
    fc.constantFrom(
      'null',
      'yes',
      '- x',
      '# x',
      "'",
      '"',
      '---',
      '&a',
      '*a',
      '!!js x',
      'a: b',
      '0x1',
      '~',
      '@',
      '%',
      '|',
      '{',
      '[a',
    ),
  ),
  body: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom('\n', '\r\n', '\r', '---', '...', ' ', '\t', 'x', '# t')).map((parts) => parts.join('')),
  ),
  labels: fc.uniqueArray(
    line.filter((text) => !/^\W+$/u.test(text)),
    { maxLength: 4 },
  ),
  priority: fc.constantFrom(...priorities),
  state: fc.constantFrom(...issueStates),
});

describe('the text of an issue', () => {
  it('reads as what was written, whatever the title, the labels and the body hold', () => {
    fc.assert(
      fc.property(fields, ({ body, ...head }) => {
        const file = newIssueText('MIN-1', { ...head, body }, now);
        assert.deepEqual(read(file), { head: { ...head, createdAt: now, updatedAt: now }, body });
      }),
    );
  });

  it('reads as what it was changed to', () => {
    fc.assert(
      fc.property(fields, fields, (first, second) => {
        const edited = edit(newIssueText('MIN-1', first, now), second);
        const { body, ...head } = second;
        assert.deepEqual(read(edited), { head: { ...head, createdAt: now, updatedAt: later }, body });
      }),
    );
  });

  it('looks as a person would write it', () => {
    const file = newIssueText(
      'MIN-7',
      { title: 'Rate-limit login', body: 'Three tries.\n', labels: ['auth', 'bug'], priority: 'high', state: 'todo' },
      now,
    );
    assert.equal(
      file.toString(),
      [
        '---',
        'id: MIN-7',
        'title: Rate-limit login',
        'state: todo',
        'priority: high',
        'labels: [auth, bug]',
        `created: ${now}`,
        `updated: ${now}`,
        '---',
        '',
        'Three tries.',
        '',
      ].join('\n'),
    );
  });

  it('keeps comments, unknown fields, their order and the body of a file that was edited by hand', () => {
    const before = [
      '\ufeff---',
      '# who wants it',
      'owner: {name: Ann, "since": 2020}   # a person',
      '',
      'title: "Old"  # rename me',
      '__proto__: &x [1, 2]',
      'again: *x',
      'state: backlog',
      '# the end',
      '--- ',
      'no empty line, no final line feed\r\n\r\n  \u00e9',
    ].join('\r\n');
    const file = edit(Buffer.from(before), { title: 'New: one', state: 'done' });
    const after = before
      .replace('2020}   # a', '2020} # a')
      .replace('"Old"  #', '"New: one" #')
      .replace('backlog', `done\r\nupdated: ${later}\r\n`)
      .replace('--- ', '---');
    assert.equal(file.toString(), after);
    assert.equal(edit(file, { title: 'New: one', state: 'done' }).toString(), after);
  });

  it('keeps the bytes of a body that is not UTF-8', () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a, 0x80]);
    const file = edit(Buffer.concat([Buffer.from('---\ntitle: a\n---\n\n'), body]), { title: 'b' });
    assert.ok(bodyBytes(splitIssue(file)).equals(body));
  });

  it('puts front matter before a file that has none', () => {
    const file = edit(Buffer.from('# Login\r\n\r\ntext'), { state: 'done' });
    assert.equal(file.toString(), `---\r\nstate: done\r\nupdated: ${later}\r\n---\r\n\r\n# Login\r\n\r\ntext`);
    assert.equal(read(file).head.title, 'Login');
  });

  it('writes nothing when nothing differs', () => {
    const parts = splitIssue(Buffer.from('---\ntitle: a\n---\n\nsame'));
    assert.equal(editIssueText(parts, { body: 'same' }, later), undefined);
  });

  it('says that a file cannot be edited when an alias leads nowhere', () => {
    const parts = splitIssue(Buffer.from('---\ntitle: a\nx: *gone\n---\n'));
    assert.throws(() => editIssueText(parts, { title: 'b' }, later), {
      name: 'IssueFault',
      message: /cannot be edited/,
    });
  });
});

function read(file: Buffer): { head: IssueHead; body: string } {
  const parts = splitIssue(file);
  return { head: readHead('MIN-1', parts), body: bodyBytes(parts).toString() };
}

function edit(file: Buffer, change: Parameters<typeof editIssueText>[1]): Buffer {
  const edited = editIssueText(splitIssue(file), change, later);
  assert.ok(edited !== undefined);
  return edited;
}
