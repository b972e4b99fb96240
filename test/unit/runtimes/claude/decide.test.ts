import assert from 'node:assert/strict';
import { claudeDefinition } from '../../../../runner/core/runtimes/claude/claudeDefinition.ts';
import type { AnswerKind } from '../../../../runner/protocol/models.ts';

const bash = { hook_event_name: 'PermissionRequest', tool_name: 'Bash', tool_input: { command: 'npm test' } };
const write = { ...bash, tool_name: 'Write', tool_input: { file_path: '/x', content: 'y' } };
const plan = { ...bash, tool_name: 'ExitPlanMode', tool_input: { plan: '# Plan', planFilePath: '/plans/x.md' } };
const questions = [{ question: 'Which colour?' }, { question: 'Which sizes?' }];
const question = { ...bash, tool_name: 'AskUserQuestion', tool_input: { questions } };

describe('answering Claude Code', () => {
  const { decide, translate } = claudeDefinition.behaviour;

  for (const [what, event, kind, texts, decision] of [
    ['allows', bash, 'allow', [], { behavior: 'allow' }],
    ['denies', bash, 'deny', [], { behavior: 'deny', message: 'The person who runs you denied this.' }],
    ['denies with a reason', bash, 'deny', ['use pnpm'], { behavior: 'deny', message: 'use pnpm' }],
    ['denies in words', write, 'text', ['another file'], { behavior: 'deny', message: 'another file' }],
    [
      'allows a command for the session',
      bash,
      'session',
      [],
      forSession({ toolName: 'Bash', ruleContent: 'npm test' }),
    ],
    ['approves a plan', plan, 'allow', [], { behavior: 'allow', updatedInput: plan.tool_input }],
    ['sends a plan back', plan, 'text', ['smaller steps'], { behavior: 'deny', message: 'smaller steps' }],
    [
      'answers questions',
      question,
      'text',
      ['Blue', 'S, L'],
      {
        behavior: 'allow',
        updatedInput: { questions, answers: { 'Which colour?': 'Blue', 'Which sizes?': 'S, L' } },
      },
    ],
  ] as const) {
    it(what, () => {
      const answer = { kind: kind as AnswerKind, texts: [...texts] };
      assert.deepEqual(decide?.(event, answer), {
        hookSpecificOutput: { hookEventName: 'PermissionRequest', decision },
      });
    });
  }

  for (const command of [
    'rm -rf ./tmp/*',
    'npm run test:*',
    'node -e "x()"',
    'a\nb',
    'a\tb',
    'ls \\',
    'ls \u202etxt',
    ' ls',
    'ls ',
    '',
  ]) {
    it(`has no rule for the session that says just ${JSON.stringify(command)}`, () => {
      const event = { ...bash, tool_input: { command } };
      assert.equal(decide?.(event, { kind: 'session', texts: [] }), undefined);
    });
  }

  it('has no rule for the session that says what goes beyond a command', () => {
    const session = { kind: 'session', texts: [] } as const;
    assert.equal(decide?.(write, { ...session, texts: [] }), undefined);
    const unboxed = { ...bash, tool_input: { command: 'ls', dangerouslyDisableSandbox: true } };
    assert.equal(decide?.(unboxed, { ...session, texts: [] }), undefined);
    const mcp = { ...bash, tool_name: 'mcp__box__run' };
    assert.equal(decide?.(mcp, { ...session, texts: [] }), undefined);
    const described = { ...bash, tool_input: { command: 'npm test', description: 'Runs the tests', timeout: 1000 } };
    assert.notEqual(decide?.(described, { ...session, texts: [] }), undefined);
  });

  it('approves no plan, and answers no question, that is not whole', () => {
    assert.equal(decide?.({ ...plan, pan_cut: true }, { kind: 'allow', texts: [] }), undefined);
    assert.equal(decide?.({ ...question, pan_cut: true }, { kind: 'text', texts: ['Blue', 'S'] }), undefined);
    assert.notEqual(decide?.({ ...plan, pan_cut: true }, { kind: 'deny', texts: [] }), undefined);
  });

  it('has no words that would allow a question', () => {
    assert.equal(decide?.(question, { kind: 'allow', texts: [] }), undefined);
    assert.equal(decide?.(plan, { kind: 'session', texts: [] }), undefined);
  });

  it('hears of a question once, from the hook that waits for its answer', () => {
    assert.equal(translate?.({ ...question, hook_event_name: 'PreToolUse' }), undefined);
    assert.equal(translate?.(question), question);
    assert.equal(translate?.({ ...bash, hook_event_name: 'PreToolUse' })?.['tool_name'], 'Bash');
  });

  it('hears why a turn failed', () => {
    const failure = { hook_event_name: 'StopFailure', error: 'server_error', last_assistant_message: 'API Error: 500' };
    assert.equal(translate?.(failure)?.['message'], 'API Error: 500');
  });
});

function forSession(rule: object) {
  const updatedPermissions = [{ type: 'addRules', rules: [rule], behavior: 'allow', destination: 'session' }];
  return { behavior: 'allow', updatedPermissions };
}
