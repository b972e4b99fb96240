import assert from 'node:assert/strict';
import { type IssueHead, readHead } from '../../../runner/core/trackers/local/readHead.ts';
import { splitIssue } from '../../../runner/core/trackers/local/splitIssue.ts';

describe('readHead', () => {
  it('takes a heading for the title and fills in what a hand-written file leaves out', () => {
    const expected: IssueHead = {
      title: 'Fix the login',
      state: 'todo',
      priority: 'normal',
      labels: [],
      createdAt: null,
      updatedAt: null,
    };
    for (const text of [
      '# Fix the login',
      'intro\n\n#   Fix the login ##\n',
      '---\n---\n# Fix the login\n',
      '---\n# only a comment\n---\n\n# Fix the login\r\n',
      '---\ntitle:\n---\n# Fix the login',
      '---\ntitle: |\n  Fix the\n  login\n---\n',
      '\ufeff---\r\ntitle: Fix the login\r\n---\r\n',
    ]) {
      assert.deepEqual(head(text), expected, JSON.stringify(text));
    }
  });

  it('takes values as they are written', () => {
    assert.equal(head('---\ntitle: 0x10\n---\n').title, '0x10');
    assert.equal(head('---\ntitle: 1.50\n---\n').title, '1.50');
    assert.equal(head('---\ntitle: yes\n---\n').title, 'yes');
    assert.equal(head('---\ntitle: !!js/function x\n---\n').title, 'x');
    assert.deepEqual(head('---\ntitle: t\nlabels: bug, ui\n---\n').labels, ['bug', 'ui']);
    assert.deepEqual(head('---\ntitle: t\nlabels:\n  - bug\n  - 12\n---\n').labels, ['bug', '12']);
    assert.equal(head('---\ntitle: t\ncreated: 2024-05-06\n---\n').createdAt, '2024-05-06T00:00:00.000Z');
    assert.equal(head('---\ntitle: t\ncreated: soon\n---\n').createdAt, null);
    assert.equal(head('---\nid: min-1\ntitle: t\n---\n').title, 't');
  });

  it('names the line and the reason of what is wrong', () => {
    const cases: [string, string][] = [
      ['---\ntitle: a\nstate: doing\n---\n', "line 3: the state 'doing' is not one of backlog, todo,"],
      ['---\ntitle: a\n\npriority: p1\n---\n', "line 4: the priority 'p1' is not one of urgent,"],
      ['---\nid: MIN-2\ntitle: a\n---\n', "line 2: the id 'MIN-2' is not that of the file name, MIN-1"],
      ['---\ntitle: "a\nstate: todo\n---\n', 'line 4: Missing closing "quote'],
      ['---\ntitle: a\ntitle: b\n---\n', 'line 3: Map keys must be unique'],
      ['---\n- a\n---\n', 'line 2: the front matter is not a list of "name: value" lines'],
      ['---\njust text\n---\n', 'line 2: the front matter is not a list'],
      ['---\ntitle: [a]\n---\n', 'line 2: title is not a single value'],
      ['---\nx: &x a\ntitle: *x\n---\n', 'line 3: title is not a single value'],
      ['---\ntitle: a\nlabels: {a: 1}\n---\n', 'line 3: labels is not a list of words'],
      ['---\ntitle: a\nlabels: [[a]]\n---\n', 'line 3: labels is not a list of words'],
      ['---\ntitle: a\n', 'line 1: the front matter does not end with a --- line'],
      ['no heading\n#no\n', 'line 1: it has no title'],
      ['', 'line 1: it has no title'],
      [`---\nx: ${'a'.repeat(70_000)}\n---\n`, 'line 1: the front matter does not end within 16 kB'],
      ['---\ntitle: \u001b[31m\u0001\n---\n', 'line 1: it has no title'],
    ];
    for (const [text, reason] of cases) {
      assert.throws(
        () => head(text),
        (error: unknown) => error instanceof Error && error.name === 'IssueFault' && error.message.startsWith(reason),
        `${JSON.stringify(text.slice(0, 60))} should say ${reason}`,
      );
    }
  });

  it('refuses bytes that are not UTF-8 in the front matter', () => {
    const bytes = Buffer.concat([Buffer.from('---\ntitle: '), Buffer.from([0xff]), Buffer.from('\n---\n')]);
    assert.throws(() => readHead('MIN-1', splitIssue(bytes)), {
      message: 'line 1: the front matter is not UTF-8 text',
    });
  });

  it('never expands aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      const before = String.fromCharCode(96 + level);
      const next = String.fromCharCode(97 + level);
      bomb.push(`${next}: &${next} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
    }
    assert.equal(head(`---\n${bomb.join('\n')}\ntitle: alive\n---\n`).title, 'alive');
  });

  it('refuses nesting that would exhaust the stack, and takes what people write', () => {
    const size = 15_000;
    const fill = (unit: string): string => unit.repeat(size / unit.length);
    const hostile = [`x: ${fill('[')}`, `x: ${fill('{a: ')}`, fill('? '), fill('- '), fill('-\t'), fill('a: ')];
    for (const yaml of [
      ...hostile,
      `x: [${fill('a: ')}]`,
      `x: [${fill('a:\n ')}]`,
      `x: {${fill('a: {b, ')}`,
      fill('? - '),
    ]) {
      assert.throws(() => head(`---\n${yaml}\n---\n# t`), { message: 'line 1: it is nested too deeply' });
    }
    const indented = indentedLines('k:', 1);
    assert.equal(head(`---\n${indented}\n---\n# deep`).title, 'deep');
    assert.equal(head(`---\nx:\n${indentedLines(' - - - - - - -', 14)}\n---\n# deep`).title, 'deep');
    const entries = Array.from({ length: 300 }, (_, index) => `k${index}: [a, {b: c}]`);
    assert.equal(head(`---\nx: {${entries.join(', ')}}\ntitle: "${'['.repeat(400)}"\n---\n`).title, '['.repeat(400));
  });

  it('leaves prototypes alone', () => {
    const read = head('---\n__proto__: {title: evil, polluted: 1}\nconstructor: x\ntitle: good\n---\n');
    assert.equal(read.title, 'good');
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  });

  it('shows hostile titles as one short line', () => {
    const { title } = head(`---\ntitle: "\\e[31m${'x'.repeat(600)}\\u0007\\nnext"\n---\n`);
    assert.equal([...title].length, 500);
    assert.match(title, /^x+…$/);
  });
});

function head(text: string): IssueHead {
  return readHead('MIN-1', splitIssue(Buffer.from(text)));
}

/** As many lines as 15 kB hold, each indented by `step` more than the one before. */
function indentedLines(line: string, step: number): string {
  const lines: string[] = [];
  for (let length = 0; length < 15_000; length += line.length + lines.length * step + 1) {
    lines.push(' '.repeat(lines.length * step) + line);
  }
  return lines.slice(0, -1).join('\n');
}
