import assert from 'node:assert/strict';
import {
  DEFAULT_SCRIPT,
  fillIn,
  parseScript,
  turnFor,
} from '../../../runner/core/runtimes/rehearsal/program/script.ts';

describe('a script of the rehearsal', () => {
  it('is read with every kind of step', () => {
    const steps: readonly (readonly [unknown, unknown])[] = [
      [{ say: 'hi' }, { kind: 'say', text: 'hi' }],
      [{ edit: { path: 'a', text: 'b' } }, { kind: 'edit', path: 'a', text: 'b', append: false }],
      [{ run: ['ls'] }, { kind: 'run', argv: ['ls'], background: false, detach: false }],
      [
        { run: ['ls'], background: true, detach: true },
        { kind: 'run', argv: ['ls'], background: true, detach: true },
      ],
      [{ commit: 'm' }, { kind: 'commit', message: 'm' }],
      [
        { permission: { tool: 'Bash', command: 'ls' }, always: true },
        { kind: 'permission', tool: 'Bash', command: 'ls', always: true },
      ],
      [{ question: { text: 'q', options: ['a'] } }, { kind: 'question', text: 'q', options: ['a'] }],
      [{ wait: 5 }, { kind: 'wait', durationMs: 5 }],
      [{ waitFor: { path: 'p' } }, { kind: 'waitFor', path: 'p' }],
      [{ hang: true }, { kind: 'hang' }],
      [{ crash: 3 }, { kind: 'crash', how: 3 }],
      [{ crash: 'SIGKILL' }, { kind: 'crash', how: 'SIGKILL' }],
      [{ usageLimit: { minutes: 2 } }, { kind: 'usageLimit', minutes: 2 }],
      [{ authFailure: true }, { kind: 'authFailure' }],
      [{ exit: 0 }, { kind: 'exit', code: 0 }],
      [{ echo: true }, { kind: 'echo' }],
      [{ record: { path: '/p' } }, { kind: 'record', path: '/p' }],
    ];
    const script = parseScript(JSON.stringify({ turns: [steps.map(([written]) => written)], pace: 7 }));
    assert.deepEqual(script, { paceMs: 7, repeatsLast: false, turns: [steps.map(([, read]) => read)] });
  });

  const broken: readonly (readonly [string, RegExp])[] = [
    ['', /^it is not JSON$/],
    ['[]', /^"turns" takes a list of lists of steps$/],
    ['null', /^it is no object with "turns"$/],
    ['{"turns":[],"speed":1}', /^"speed" is not known$/],
    ['{"turns":[],"pace":-1}', /^"pace" takes 0 to 60000 ms$/],
    ['{"turns":[[],[{"say":"a"},{"say":1}]]}', /^turn 2, step 2: "say" takes a text$/],
    ['{"turns":[["say"]]}', /^turn 1, step 1: a step is an object with one key$/],
    ['{"turns":[[{"dance":true}]]}', /^turn 1, step 1: a step is one of say, edit/],
    ['{"turns":[[{"toString":true}]]}', /^turn 1, step 1: a step is one of say, edit/],
    ['{"turns":[[{"say":"a","commit":"b"}]]}', /^turn 1, step 1: "say" cannot have "commit" beside it$/],
    ['{"turns":[[{"run":[]}]]}', /^turn 1, step 1: "run" takes a program/],
    ['{"turns":[[{"run":["a"],"detach":true}]]}', /^turn 1, step 1: "run" takes a program/],
    ['{"turns":[[{"crash":0}]]}', /^turn 1, step 1: "crash" takes an exit code from 1/],
    ['{"turns":[[{"wait":1e99}]]}', /^turn 1, step 1: "wait" takes milliseconds$/],
  ];
  for (const [content, message] of broken) {
    it(`says where it is broken: ${content}`, () => assert.throws(() => parseScript(content), { message }));
  }

  it('has one turn a prompt and then no more, while the default plays for every prompt', () => {
    const script = parseScript('{"turns":[[{"say":"one"}],[]]}');
    assert.deepEqual(turnFor(script, 1), [{ kind: 'say', text: 'one' }]);
    assert.deepEqual(turnFor(script, 2), []);
    assert.equal(turnFor(script, 3), null);
    assert.equal(turnFor(DEFAULT_SCRIPT, 9), DEFAULT_SCRIPT.turns[0]);
  });

  it('fills in the issue and the first line once, whatever they hold', () => {
    assert.equal(
      fillIn('{issueId}: {prompt1} {x}', 'MIN-1', "{issueId} $& \u001b[31m'q'\nmore"),
      "MIN-1: {issueId} $& 'q' {x}",
    );
  });
});
