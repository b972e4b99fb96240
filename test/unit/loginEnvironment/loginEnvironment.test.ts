import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from '../../../runner/core/config/parseConfig.ts';
import { agentVariables } from '../../../runner/core/loginEnvironment/agentVariables.ts';
import { LoginEnvironment } from '../../../runner/core/loginEnvironment/loginEnvironment.ts';
import { loginShellQuestion } from '../../../runner/core/loginEnvironment/loginShellQuestion.ts';
import { parseAnswer } from '../../../runner/core/loginEnvironment/parseAnswer.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('what agents get of an environment', () => {
  const cases: [
    what: string,
    own: Record<string, string>,
    login: Record<string, string> | undefined,
    expected: object,
  ][] = [
    [
      "is the login shell's, with its PATH before the runner's",
      { PATH: '/own:/both', GONE: '1' },
      { PATH: '/login:/both', KEY: 'a\nb' },
      { PATH: '/login:/both:/own', KEY: 'a\nb' },
    ],
    ["is the runner's where there is no other", { PATH: '/own', KEY: '1' }, undefined, { PATH: '/own', KEY: '1' }],
    ['has no PATH where none is known', {}, { A: '' }, { A: '' }],
    ['has no working folder on its PATH', { PATH: '/own:' }, { PATH: ':/a::/b' }, { PATH: '/a:/b:/own' }],
    [
      'has nothing of the terminal, the shell and the question',
      {},
      { TERM: 'x', SHLVL: '2', PWD: '/', _: 'x', UID: '0', PANOPTICON_RESOLVING_ENVIRONMENT: '1', LANG: 'C' },
      { LANG: 'C' },
    ],
    [
      'has nothing that would mislead tools',
      {},
      { CLAUDECODE: '1', TMUX: 'x', VSCODE_PID: '1', ELECTRON_RUN_AS_NODE: '1', PAN_PRINT: 'x', GIT_DIR: '/x', A: '1' },
      { A: '1' },
    ],
    [
      'has no name that no shell can express',
      {},
      { 'BASH_FUNC_f%%': '() { x; }', 'a-b': '1', é: '1', B: '2' },
      { B: '2' },
    ],
  ];
  for (const [what, own, login, expected] of cases) {
    it(what, () => assert.deepEqual(agentVariables(own, login), expected));
  }
});

describe('the answer of a login shell', () => {
  const cases: [what: string, output: string, expected: object | undefined][] = [
    ['is found among greetings', 'Welcome!\nM{"A":"1"}M\nbye', { A: '1' }],
    ['is found without an end of line before it', 'promptM{"A":"x\\ny"}M', { A: 'x\ny' }],
    ['is not there before its end', 'M{"A":"1"}', undefined],
    ['is not there without a mark', '{"A":"1"}', undefined],
    ['is not one that is no environment', 'M[1]M', undefined],
    ['is not one that is broken', 'M{"A":M', undefined],
  ];
  for (const [what, output, expected] of cases) {
    it(what, () => assert.deepEqual(parseAnswer(output, 'M'), expected));
  }
});

describe('the question to a login shell', () => {
  const optionsOf = (shell: string) =>
    loginShellQuestion(shell, '/node', 'M')?.argvs.map((argv) => argv.slice(0, -1).join(' '));

  it('asks for files of login shells and of interactive ones, then for those of login shells', () => {
    for (const shell of ['/bin/bash', '/bin/sh', '/usr/bin/zsh', '/bin/dash', '/usr/bin/fish', '/opt/my tools/mksh']) {
      assert.deepEqual(optionsOf(shell), ['-i -l -c', '-l -c'], shell);
    }
  });

  it('makes csh a login shell by its name, which takes no -l beside -c', () => {
    assert.deepEqual(optionsOf('/bin/tcsh'), ['-i -c', '-c']);
    assert.equal(loginShellQuestion('/bin/tcsh', '/node', 'M')?.argv0, '-tcsh');
  });

  it('holds the mark nowhere, so that whoever prints the environment prints no answer', () => {
    const { env } = loginShellQuestion('/bin/sh', '/node', 'abcde') ?? assert.fail();
    assert.ok(!JSON.stringify(env).includes('abcde'));
  });

  it('is not put to what is no such shell', () => {
    for (const shell of ['/usr/bin/nu', '/bin/false', '/usr/sbin/nologin', '', 'bash', '/']) {
      assert.equal(optionsOf(shell), undefined, shell);
    }
  });
});

describe('the environment of agents', () => {
  const home = useTempFolder();
  const clock = new MovableClock();
  let warnings: string[];
  let config: string;
  /** What the shell does when it is asked, in turn. */
  let questions: { settle(answer: Record<string, string> | Error): void }[];
  beforeEach(() => {
    warnings = [];
    questions = [];
    config = '';
  });

  function make(userShell = '/bin/bash'): LoginEnvironment {
    return new LoginEnvironment({
      env: { OWN: '1' },
      ask: () =>
        new Promise((resolve, reject) => {
          questions.push({ settle: (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)) });
        }),
      clock,
      log: { info: () => undefined, warn: (text) => warnings.push(text), error: () => undefined },
      config: { read: async () => parseConfig(config, '/') },
      userShell,
      home: home(),
      node: '/node',
    });
  }

  /** Lets everything happen that waits for nothing from outside. */
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  async function answered(environment: LoginEnvironment, answer: Record<string, string> | Error) {
    const got = environment.get();
    await settled();
    questions.at(-1)?.settle(answer);
    return got;
  }

  it('is asked for once by many, and then known', async () => {
    const environment = make();
    environment.refreshSoon();
    const both = Promise.all([environment.get(), environment.get()]);
    await settled();
    questions[0]?.settle({ KEY: '1' });
    assert.deepEqual(await both, [{ KEY: '1' }, { KEY: '1' }]);
    assert.deepEqual(await environment.get(), { KEY: '1' });
    assert.equal(questions.length, 1);
  });

  it('is what it was, and asked for again in the background, when it is older than ten minutes', async () => {
    const environment = make();
    await answered(environment, { KEY: '1' });
    clock.move(11 * 60_000);
    assert.deepEqual(await environment.get(), { KEY: '1' });
    questions[1]?.settle({ KEY: '2' });
    await settled();
    assert.deepEqual(await environment.get(), { KEY: '2' });
    assert.equal(questions.length, 2);
  });

  it('is asked for again when a startup file has changed', async () => {
    const environment = make();
    await answered(environment, { KEY: '1' });
    writeFileSync(path.join(home(), '.bashrc'), 'export KEY=2');
    assert.deepEqual(await answered(environment, { KEY: '2' }), { KEY: '2' });
    assert.deepEqual(await environment.get(), { KEY: '2' });
    assert.equal(questions.length, 2);
  });

  it('is what it was when changed startup files take longer than a second', async () => {
    const environment = make();
    await answered(environment, { KEY: '1' });
    writeFileSync(path.join(home(), '.zshrc'), 'sleep 3');
    const got = environment.get();
    await settled();
    clock.move(1_000);
    assert.deepEqual(await got, { KEY: '1' });
    questions[1]?.settle({ KEY: '2' });
    await settled();
    assert.deepEqual(await environment.get(), { KEY: '2' });
  });

  it('is asked for anew when the files change while the shell reads them', async () => {
    const environment = make();
    environment.refreshSoon();
    await settled();
    writeFileSync(path.join(home(), '.profile'), 'export KEY=2');
    const got = environment.get();
    questions[0]?.settle({ KEY: '1' });
    await settled();
    questions[1]?.settle({ KEY: '2' });
    assert.deepEqual(await got, { KEY: '2' });
  });

  it("is the runner's own when the shell does not answer, which is said once", async () => {
    const environment = make();
    assert.deepEqual(await answered(environment, new Error('it took\ntoo long')), { OWN: '1' });
    assert.deepEqual(await environment.get(), { OWN: '1' });
    writeFileSync(path.join(home(), '.profile'), 'x');
    await answered(environment, new Error('again'));
    assert.deepEqual(warnings, [
      '/bin/bash did not tell its environment: it took too long; agents get that of the runner',
    ]);
  });

  it('is what was known last when the shell does not answer any more', async () => {
    const environment = make();
    await answered(environment, { KEY: '1' });
    writeFileSync(path.join(home(), '.profile'), 'exit 1');
    assert.deepEqual(await answered(environment, new Error('it ended without an answer')), { KEY: '1' });
    assert.match(warnings.join(), /agents get what it told last$/);
  });

  it("is the runner's own with a shell that nobody knows", async () => {
    assert.deepEqual(await make('/usr/bin/nu').get(), { OWN: '1' });
    assert.deepEqual([questions.length, warnings.length], [0, 1]);
  });

  it("is the runner's own as long as config.toml says so", async () => {
    const environment = make();
    config = '[environment]\nlogin_shell = false';
    environment.refreshSoon();
    assert.deepEqual(await environment.get(), { OWN: '1' });
    assert.equal(questions.length, 0);
    config = '';
    assert.deepEqual(await answered(environment, { KEY: '1' }), { KEY: '1' });
  });
});
