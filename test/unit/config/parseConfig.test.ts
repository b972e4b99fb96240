import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Config } from '../../../runner/core/config/config.ts';
import { fillPlaceholders, placeholders, unknownPlaceholders } from '../../../runner/core/config/fillPlaceholders.ts';
import { parseConfig } from '../../../runner/core/config/parseConfig.ts';
import { defaultConfig } from '../../../runner/protocol/defaultConfig.ts';

const nothing: Config = {
  defaults: { runtime: null, model: null, mode: 'auto' },
  projects: new Map(),
  runtimes: new Map(),
  environment: { loginShell: true },
  warnings: [],
};

describe('parseConfig', () => {
  it('takes an empty file and the one that pan init writes for the same', () => {
    assert.deepEqual(parseConfig('', '/home'), nothing);
    assert.deepEqual(parseConfig(defaultConfig, '/home'), nothing);
  });

  it('takes everything that the written file offers', () => {
    const settings = defaultConfig.replace(/^# (?=\[|\w+ = )/gm, '');
    assert.deepEqual(parseConfig(settings, '/home'), {
      defaults: { runtime: 'rehearsal', model: 'opus', mode: 'auto' },
      projects: new Map([['myn', { runtime: 'claude', model: 'sonnet', mode: 'ask' }]]),
      environment: { loginShell: false },
      runtimes: new Map([
        ['claude', { command: ['/opt/claude/bin/claude'], env: {}, script: null }],
        ['rehearsal', { command: null, env: {}, script: '/home/rehearsal.json' }],
        [
          'mytool',
          {
            command: ['aider', '--message-file', '{promptFile}'],
            env: { AIDER_AUTO_COMMITS: 'true' },
            script: null,
          },
        ],
      ]),
      warnings: [],
    });
  });

  it('warns of what it does not know and goes on', () => {
    const text =
      'color = 1\n[defaults]\nfont = "x"\n[runtimes.a]\ncommand = ["a"]\nscript = "s"\ncwd = "/"\n[runtimes.claude.env]\nA = "1"\n[environment]\nshell = "zsh"\n[projects.p]\nfont = 1';
    const { warnings, runtimes } = parseConfig(text, '/home');
    assert.deepEqual(warnings, [
      'remove color or correct its spelling: it is not known and ignored',
      'remove defaults.font or correct its spelling: it is not known and ignored',
      'remove projects.p.font or correct its spelling: it is not known and ignored',
      'remove runtimes.a.cwd or correct its spelling: it is not known and ignored',
      'remove runtimes.a.script: only the rehearsal plays a script',
      'remove environment.shell or correct its spelling: it is not known and ignored',
    ]);
    assert.equal(parseConfig('[runtimes.constructor]\ncommand = ["a"]', '/home').runtimes.size, 1);
    assert.deepEqual(runtimes.get('a'), { command: ['a'], env: {}, script: null });
    assert.deepEqual(runtimes.get('claude'), { command: null, env: { A: '1' }, script: null });
  });

  it('takes any name for a project', () => {
    for (const name of ['my app', '登录', '', 'constructor', 'a.b', 'My-App']) {
      const { projects, warnings } = parseConfig(`[projects.${JSON.stringify(name)}]\nmode = "bypass"`, '/home');
      assert.deepEqual([...projects], [[name, { runtime: null, model: null, mode: 'bypass' }]]);
      assert.deepEqual(warnings, []);
    }
  });

  it('takes the command of a known tool for where its program is', () => {
    for (const tool of ['claude', 'codex', 'gemini']) {
      const { runtimes } = parseConfig(`[runtimes.${tool}]\ncommand = ["/opt/${tool}", "--x={y}"]`, '/home');
      assert.deepEqual(runtimes.get(tool)?.command, [`/opt/${tool}`, '--x={y}']);
    }
  });

  it('names the line of what is not TOML and the entry of what cannot be meant', () => {
    const cases: [string, string][] = [
      ['[defaults]\nmode = = 1', 'line 2: invalid value'],
      ['a = 1\na = 2', 'line 2: trying to redefine an already defined table or value'],
      ['[defaults]\nmode = "yolo"', 'defaults.mode: the mode is one of plan, ask, auto, bypass'],
      [
        '[defaults]\nruntime = "My Tool"',
        'defaults.runtime: a runtime is named by lower case letters, digits and dashes',
      ],
      ['defaults = 1', 'defaults: a table is expected'],
      ['runtimes = [1]', 'runtimes: a table is expected'],
      ['[runtimes.Tool]\ncommand = ["a"]', 'runtimes.Tool: a runtime is named by'],
      ['[runtimes.tool]', 'runtimes.tool.command: the command is missing'],
      ['[runtimes.tool]\ncommand = []', 'runtimes.tool.command: the command is empty'],
      ['[runtimes.tool]\ncommand = [""]', 'runtimes.tool.command: the first word, the program, is empty'],
      ['[runtimes.tool]\ncommand = "aider -m"', 'runtimes.tool.command: '],
      ['[runtimes.tool]\ncommand = ["a", 1]', 'runtimes.tool.command.1: '],
      ['[runtimes.tool]\ncommand = ["a\\u0000"]', 'runtimes.tool.command.0: NUL cannot be part'],
      [
        '[runtimes.tool]\ncommand = ["a", "{promptfile}"]',
        'runtimes.tool.command: {promptfile} is not a placeholder; there',
      ],
      ['[runtimes.tool]\ncommand = ["a"]\nenv = {"A B" = "1"}', 'runtimes.tool.env.A B: not a name for'],
      ['[runtimes.tool]\ncommand = ["a"]\nenv = {A = 1}', 'runtimes.tool.env.A: '],
      ['[runtimes.rehearsal]\ncommand = ["a"]', 'runtimes.rehearsal.command: rehearsal brings its own command'],
      ['[runtimes.claude]\ncommand = []', 'runtimes.claude.command: the command is empty'],
      [
        '[runtimes.claude]\ncommand = ["claude", "-p={prompt}"]',
        'runtimes.claude.command: it says where claude is, and nothing is put in for -p={prompt}',
      ],
      ['[projects.myn]\nmode = "yolo"', 'projects.myn.mode: the mode is one of plan, ask, auto, bypass'],
      ['[projects.myn]\nruntime = "My Tool"', 'projects.myn.runtime: a runtime is named by'],
      ['[projects]\nmyn = 1', 'projects.myn: '],
      ['[environment]\nlogin_shell = "no"', 'environment.login_shell: true or false is expected'],
      ['[runtimes.__proto__]\ncommand = ["a"]', 'runtimes.__proto__: a runtime is named by'],
    ];
    for (const [text, reason] of cases) {
      assert.throws(
        () => parseConfig(text, '/home'),
        (error: unknown) => error instanceof Error && error.name === 'ConfigFault' && error.message.startsWith(reason),
        `${text} should say ${reason}`,
      );
    }
  });
});

describe('fillPlaceholders', () => {
  const values = fc.record({
    prompt: fc.string({ unit: 'binary' }),
    promptFile: fc.string(),
    workspace: fc.constantFrom('{prompt}', '$&', '$1', ' a b ', "'\n"),
    issueId: fc.string(),
    sessionId: fc.string(),
  });

  it('replaces every placeholder by exactly its value and looks at values only once', () => {
    const parts = fc.array(
      fc.oneof(fc.constantFrom(...placeholders), fc.constantFrom(' ', '{}', '{"a":1}', '$', '{ ', ' }', 'x')),
    );
    fc.assert(
      fc.property(values, parts, (given, words) => {
        const isName = (word: string): word is (typeof placeholders)[number] =>
          placeholders.some((placeholder) => placeholder === word);
        const template = words.map((word) => (isName(word) ? `{${word}}` : word)).join('');
        const expected = words.map((word) => (isName(word) ? given[word] : word)).join('');
        assert.equal(fillPlaceholders(template, given), expected);
        assert.deepEqual(unknownPlaceholders(template), []);
      }),
    );
  });

  it('knows no placeholder by the name of an object member', () => {
    assert.deepEqual(unknownPlaceholders('{constructor} {prompt} {toString} { x }'), ['constructor', 'toString']);
  });
});
