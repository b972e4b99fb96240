import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from '../../runner/core/config/parseConfig.ts';
import { agentVariables } from '../../runner/core/loginEnvironment/agentVariables.ts';
import { askLoginShell } from '../../runner/core/loginEnvironment/askLoginShell.ts';
import { LoginEnvironment } from '../../runner/core/loginEnvironment/loginEnvironment.ts';
import { loginShellQuestion } from '../../runner/core/loginEnvironment/loginShellQuestion.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { unrefClock } from '../support/unrefClock.ts';
import { waitFor } from '../support/waitFor.ts';

const mark = 'b1946ac92492d2347c6235b4d2611184';
const hostile = `a b'c"d\`x\`$(x)\\ \n-é✳!*~;&|<>`;

interface KnownShell {
  name: string;
  /** Where it may be. */
  program: string;
  /** Files of a login shell and of an interactive one. */
  files: string[];
  /** What the first does, as people write it, so that the second is read. */
  start?: string;
  set(name: string, value: string): string;
}

const sh = (name: string, value: string): string => `export ${name}="${value}"\n`;
const shells: KnownShell[] = [
  { name: 'bash', program: 'bash', files: ['.bash_profile', '.bashrc'], start: '. ~/.bashrc\n', set: sh },
  { name: 'dash', program: 'dash', files: ['.profile', '.dashrc'], start: 'export ENV="$HOME/.dashrc"\n', set: sh },
  { name: 'sh', program: 'busybox', files: ['.profile', '.ashrc'], start: 'export ENV="$HOME/.ashrc"\n', set: sh },
  { name: 'zsh', program: 'zsh', files: ['.zprofile', '.zshrc'], set: sh },
  { name: 'mksh', program: 'mksh', files: ['.profile', '.mkshrc'], set: sh },
  {
    name: 'fish',
    program: 'fish',
    files: ['.config/fish/config.fish'],
    set: (name, value) => `set -gx ${name} ${name === 'PATH' ? '/from/file $PATH' : `"${value}"`}\n`,
  },
  { name: 'tcsh', program: 'tcsh', files: ['.login', '.tcshrc'], set: (name, value) => `setenv ${name} "${value}"\n` },
];

function findOnPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

describe('the environment of a login shell', () => {
  const home = useTempFolder('pan login "it\'s" ');

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(home(), file)), { recursive: true });
    writeFileSync(path.join(home(), file), text);
  }

  function ask(shell: string, timeoutMs = 20_000): Promise<Record<string, string>> {
    const question = loginShellQuestion(shell, process.execPath, mark);
    assert.ok(question);
    const env = { HOME: home(), PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', DAEMON: hostile };
    return askLoginShell(question, { env, cwd: home(), timeoutMs });
  }

  it('can be asked for on this machine from bash, dash and busybox at least', () => {
    const found = shells.filter(({ program }) => findOnPath(program) !== undefined).map(({ program }) => program);
    assert.deepEqual(found.slice(0, 3), ['bash', 'dash', 'busybox']);
  });

  for (const { name, program, files, start, set } of shells.filter(
    (shell) => findOnPath(shell.program) !== undefined,
  )) {
    it(`is what the startup files of ${program} set, whatever they print`, async () => {
      const file = path.join(home(), 'a bin', name);
      mkdirSync(path.dirname(file));
      symlinkSync(findOnPath(program) ?? '', file);
      for (const [index, startup] of files.entries()) {
        const rest = index === 0 ? (start ?? '') : '';
        const variables = set(`FILE${index}`, 'a b  c') + set('PATH', '/from/file:$PATH');
        write(startup, `echo Welcome "{"; echo oops >&2\n${variables}${rest}`);
      }
      const found = agentVariables({ PATH: '/usr/bin:/bin:/own' }, await ask(file));
      assert.deepEqual(
        files.map((_, index) => found[`FILE${index}`]),
        files.map(() => 'a b  c'),
      );
      assert.equal(found['DAEMON'], hostile);
      assert.equal(found['HOME'], home());
      assert.match(found['PATH'] ?? '', /^\/from\/file:.*:\/own$/);
      assert.deepEqual([found['TERM'], found['SHLVL'], found['PAN_PRINT']], [undefined, undefined, undefined]);
    });
  }

  it('reaches agents as soon as a startup file has changed', async () => {
    write('.bash_profile', 'export KEY=old\n');
    const environment = new LoginEnvironment({
      env: { HOME: home(), PATH: '/usr/bin:/bin' },
      ask: askLoginShell,
      clock: unrefClock,
      log: { info: assert.fail, warn: assert.fail, error: assert.fail },
      config: { read: async () => parseConfig('', home()) },
      userShell: '/bin/bash',
      home: home(),
      node: process.execPath,
    });
    assert.equal((await environment.get())['KEY'], 'old');
    write('.bash_profile', 'export KEY="new one"\n');
    assert.equal((await environment.get())['KEY'], 'new one');
  });

  it('tells startup files that it is being asked for', async () => {
    write('.bash_profile', '[ -z "$PANOPTICON_RESOLVING_ENVIRONMENT" ] || export SEEN=yes\n');
    assert.equal((await ask('/bin/bash'))['SEEN'], 'yes');
  });

  it('comes in a second try where interactive startup files start another program', async () => {
    write('.bash_profile', 'export LOGIN=yes\ncase $- in *i*) . ~/.bashrc ;; esac\n');
    write('.bashrc', 'exec true\n');
    assert.equal((await ask('/bin/bash'))['LOGIN'], 'yes');
  });

  it('is not waited for in vain: startup files see the end of their input, and what they leave running holds nothing up', async () => {
    write('.bash_profile', 'read answer\nexport ANSWER="got $answer"\nsleep 30 &\necho $! >~/pid\n');
    const began = performance.now();
    assert.equal((await ask('/bin/bash'))['ANSWER'], 'got ');
    assert.ok(performance.now() - began < 15_000);
    process.kill(Number(readFileSync(path.join(home(), 'pid'), 'utf8')), 'SIGKILL');
  });

  it('is given up after its time, and the shell ends with what it started', async () => {
    write('.bash_profile', "sh -c 'echo $$ >~/pid; exec sleep 60'\n");
    await assert.rejects(ask('/bin/bash', 1_000), /took longer than 1000 ms/);
    const pid = Number(readFileSync(path.join(home(), 'pid'), 'utf8'));
    await waitFor(() => (isRunning(pid) ? undefined : true), { timeoutMs: 5_000, what: 'the sleep to end' });
  });

  it('is given up when the shell prints without end', async () => {
    write('.bash_profile', 'yes\n');
    await assert.rejects(ask('/bin/bash'), /prints without end|took longer/);
  });

  it('is given up when the shell ends early or is none', async () => {
    write('.bash_profile', 'exit 3\n');
    await assert.rejects(ask('/bin/bash'), /ended without an answer/);
    const broken = path.join(home(), 'zsh');
    await assert.rejects(ask(broken), /ended without an answer/);
    writeFileSync(broken, 'not a program');
    chmodSync(broken, 0o700);
    await assert.rejects(ask(broken), /ended without an answer/);
  });
});

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
