import assert from 'node:assert/strict';
import { parseConfig } from '../../../runner/core/config/parseConfig.ts';
import { resolveStart, type StartChoice, type StartWishes } from '../../../runner/core/config/startChoice.ts';

const claudeOpus = '[defaults]\nruntime = "claude"\nmodel = "opus"\n';

const cases: [what: string, config: string, params: StartWishes, expected: StartChoice][] = [
  ['knows nothing but the mode when nothing is said', '', {}, { runtime: null, model: null, mode: 'auto' }],
  ['takes the defaults', `${claudeOpus}mode = "ask"`, {}, { runtime: 'claude', model: 'opus', mode: 'ask' }],
  [
    'takes what the project says before the defaults',
    `${claudeOpus}mode = "ask"\n[projects.myn]\nmodel = "sonnet"\nmode = "plan"`,
    {},
    { runtime: 'claude', model: 'sonnet', mode: 'plan' },
  ],
  [
    'takes what is said for the agent before all',
    `${claudeOpus}[projects.myn]\nmodel = "sonnet"\nmode = "plan"`,
    { model: 'haiku', mode: 'bypass' },
    { runtime: 'claude', model: 'haiku', mode: 'bypass' },
  ],
  [
    'leaves what is said for another project',
    `${claudeOpus}[projects.other]\nruntime = "codex"\nmode = "bypass"`,
    {},
    { runtime: 'claude', model: 'opus', mode: 'auto' },
  ],
  [
    "passes over the defaults' model when the project runs another tool",
    `${claudeOpus}[projects.myn]\nruntime = "codex"`,
    {},
    { runtime: 'codex', model: null, mode: 'auto' },
  ],
  [
    "passes over the project's model when another tool is said for the agent",
    `${claudeOpus}[projects.myn]\nruntime = "codex"\nmodel = "gpt"`,
    { runtime: 'gemini' },
    { runtime: 'gemini', model: null, mode: 'auto' },
  ],
  [
    "takes the defaults' model when the agent's tool is theirs again",
    `${claudeOpus}[projects.myn]\nruntime = "codex"\nmodel = "gpt"`,
    { runtime: 'claude' },
    { runtime: 'claude', model: 'opus', mode: 'auto' },
  ],
  [
    "takes the defaults' model for any tool where they name none",
    '[defaults]\nmodel = "opus"',
    { runtime: 'claude' },
    { runtime: 'claude', model: 'opus', mode: 'auto' },
  ],
];

describe('what an agent is to run', () => {
  for (const [what, config, params, expected] of cases) {
    it(what, () => {
      assert.deepEqual(resolveStart(parseConfig(config, '/home'), 'myn', params, undefined), expected);
    });
  }

  const last: StartChoice = { runtime: 'codex', model: 'gpt', mode: 'ask' };
  const usual = parseConfig('[defaults]\nruntime = "claude"\nmodel = "opus"\n[projects.myn]\nmode = "plan"', '/home');

  it("takes what the issue's last agent ran before what the project and the defaults say", () => {
    assert.deepEqual(resolveStart(usual, 'myn', {}, last), last);
    assert.deepEqual(resolveStart(usual, 'myn', { mode: 'auto' }, last), { ...last, mode: 'auto' });
  });

  it("passes over the last agent's model when another tool is said", () => {
    assert.deepEqual(resolveStart(usual, 'myn', { runtime: 'gemini' }, last), {
      runtime: 'gemini',
      model: null,
      mode: 'ask',
    });
    assert.equal(resolveStart(usual, 'myn', { runtime: 'claude' }, last).model, 'opus');
  });
});
