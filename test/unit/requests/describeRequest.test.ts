import assert from 'node:assert/strict';
import { isBrief } from '../../../runner/core/requests/brief.ts';
import { describeRequest } from '../../../runner/core/requests/describeRequest.ts';

function described(tool: string, input: unknown, cwd = '/w') {
  return describeRequest({ hook_event_name: 'PermissionRequest', tool_name: tool, tool_input: input, cwd });
}

describe('a command that may be allowed at a glance', () => {
  for (const command of ['npm test', 'npm test -- --runInBand auth', 'a'.repeat(40), 'grep "中文" README']) {
    it(`is ${command}`, () => assert.equal(isBrief(command), true));
  }

  for (const [what, command] of [
    ['empty', ''],
    ['longer than 40 columns', 'a'.repeat(41)],
    ['40 characters but wider', '中'.repeat(21)],
    ['of two lines', 'ls\nrm -rf ~'],
    ['with a carriage return', 'rm -rf ~\rls'],
    ['with a tab', 'ls\t-l'],
    ['with an escape sequence', 'ls \u001b[8m; rm -rf ~'],
    ['with a delete character', 'ls\u007f'],
    ['with a C1 control', 'ls \u009b8m'],
    ['that turns its direction', 'ls \u202etxt'],
    ['that isolates its direction', 'ls \u2067txt'],
    ['with a mark of direction', 'ls \u200etxt'],
    ['with a zero-width space', 'rm\u200b -rf'],
    ['with a zero-width joiner', 'r\u200dm'],
    ['with a byte order mark', '\ufeffls'],
    ['with a soft hyphen', 'r\u00adm'],
    ['with a tag character', 'ls \u{e0041}'],
    ['with a variation selector', 'ls \ufe0f'],
    ['with a filler', 'ls \u3164'],
    ['with an empty Braille pattern', 'ls \u2800'],
    ['with a no-break space', 'ls\u00a0-l'],
    ['with a line separator', 'ls\u2028rm'],
    ['with a mark on top of a letter', 'ls e\u0301'],
    ['with half a surrogate pair', 'ls \ud800'],
    ['with blanks that push the rest away', 'ls      ; rm -rf ~'],
    ['that begins with a blank', ' ls'],
    ['that ends with a blank', 'ls '],
  ] as const) {
    it(`is none ${what}`, () => assert.equal(isBrief(command), false));
  }
});

describe('what a request says', () => {
  it('is the command, whole, where a shell would run it', () => {
    const command = 'npm ci\nnpm test';
    assert.deepEqual(described('Bash', { command, description: 'Runs the tests' }), {
      kind: 'permission',
      tool: 'Bash',
      cwd: '/w',
      oneLine: 'npm ci npm test',
      brief: false,
      text: command,
      questions: [],
    });
    assert.equal(described('Bash', { command: 'npm test', timeout: 1000 }).brief, true);
    assert.equal(described('shell', { command: 'npm test' }).brief, true);
  });

  it('is more than the command where something beside it changes what it does', () => {
    const { brief, text } = described('Bash', { command: 'npm test', run_in_background: true });
    assert.deepEqual([brief, text], [false, 'npm test\nrun_in_background: true']);
    assert.equal(described('Bash', { command: 'ls', dangerouslyDisableSandbox: true }).brief, false);
  });

  it('is the file as the agent knows it, and the change', () => {
    const edit = described('Edit', { file_path: '/w/src/limit.ts', old_string: 'a\nb', new_string: 'c' });
    assert.deepEqual([edit.oneLine, edit.brief], ['Edit src/limit.ts', false]);
    assert.equal(edit.text, 'Edit src/limit.ts\n- a\n- b\n+ c');
    const write = described('Write', { file_path: '/etc/passwd', content: 'x\ny' });
    assert.deepEqual([write.oneLine, write.text], ['Write /etc/passwd', 'Write /etc/passwd\ncontent: x\ny']);
    assert.equal(described('Write', { file_path: '/w/../etc/x' }).oneLine, 'Write /w/../etc/x');
  });

  it('is the address, or the name of the tool with what it gets', () => {
    assert.equal(described('WebFetch', { url: 'https://a.b/c', prompt: 'read' }).oneLine, 'WebFetch https://a.b/c');
    const mcp = described('mcp__jira__close', { key: 'A-1', deep: [1, { b: true }] });
    assert.deepEqual(
      [mcp.oneLine, mcp.text, mcp.brief],
      [
        'mcp__jira__close {"key":"A-1","deep":[1,{"b":true}]}',
        'mcp__jira__close {"key":"A-1","deep":[1,{"b":true}]}',
        false,
      ],
    );
    assert.equal(described('Sleep', {}).oneLine, 'Sleep');
    assert.equal(described('', undefined).oneLine, '');
  });

  it('says first that it is not whole, where something of it was cut', () => {
    const input = { command: 'npm test' };
    const event = { hook_event_name: 'PermissionRequest', tool_name: 'Bash', tool_input: input, pan_cut: true };
    const { brief, oneLine, text } = describeRequest(event);
    assert.deepEqual([brief, oneLine], [false, 'npm test']);
    assert.equal(text, '(Too long to be shown whole. All of it is only in its terminal.)\nnpm test');
  });

  it('never holds what steers a terminal in its line', () => {
    assert.equal(described('Bash', { command: 'ls \u001b[2J\u202e x' }).oneLine, 'ls x');
    assert.equal(described('B\u001b[31mash', {}).tool, 'Bash');
  });

  it('are the questions with their options', () => {
    const questions = [
      { question: 'Keep it?', options: [{ label: 'Yes', description: 'as it is' }, { label: 'No' }] },
      { question: 'Where?', options: [], multiSelect: true },
    ];
    const { kind, oneLine, text, questions: found } = described('AskUserQuestion', { questions });
    assert.deepEqual([kind, oneLine, text], ['question', 'Keep it? Where?', 'Keep it?\nWhere?']);
    assert.deepEqual(found, [
      {
        text: 'Keep it?',
        options: [
          { label: 'Yes', description: 'as it is' },
          { label: 'No', description: '' },
        ],
        multiple: false,
      },
      { text: 'Where?', options: [], multiple: true },
    ]);
    assert.deepEqual(described('AskUserQuestion', { questions: 'odd' }).questions, []);
  });

  it('is the plan, under its own heading', () => {
    const { kind, oneLine, text } = described('ExitPlanMode', { plan: '\n# Limit logins\n\n1. Count' });
    assert.deepEqual([kind, oneLine, text], ['plan', 'plan: Limit logins', '\n# Limit logins\n\n1. Count']);
  });
});
