import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logins } from '../../../../extension/src/setup/logins.ts';
import { claudeDefinition } from '../../../../runner/core/runtimes/claude/claudeDefinition.ts';
import type { LaunchRequest } from '../../../../runner/core/runtimes/runtime.ts';
import type { RuntimeDeps } from '../../../../runner/core/runtimes/runtimeDefinition.ts';
import { systemClock } from '../../../../runner/core/systemClock.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';

const session = '22222222-2222-4222-8222-222222222222';

describe('launching Claude Code', () => {
  const folder = useTempFolder();

  const request = (changes: Partial<LaunchRequest> = {}): LaunchRequest => ({
    agentId: 'agent-min-1',
    issueId: 'MIN-1',
    workspace: folder(),
    projectPath: folder(),
    agentFolder: path.join(folder(), 'agent'),
    prompt: 'Limit the logins',
    promptFile: '/home/dev/.panopticon/agents/agent-min-1/prompt.md',
    sessionId: session,
    resume: false,
    model: null,
    mode: 'auto',
    hooks: { panCommand: path.join(folder(), "pan's bin", 'pan'), url: 'http://127.0.0.1:4711/hook' },
    ...changes,
  });

  const runtime = (changes: Partial<RuntimeDeps> = {}) =>
    claudeDefinition.create({
      config: { command: null, env: {}, script: null },
      env: { HOME: folder(), PATH: path.join(folder(), 'bin') },
      clock: systemClock,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      self: { pid: process.pid, startTime: 'now' },
      startTimeOf: () => Promise.resolve('now'),
      node: process.execPath,
      rehearsalProgram: '',
      rehearsalFolder: '',
      ...changes,
    });

  const settings = (): Record<string, unknown> & { hooks: Record<string, [{ matcher?: string; hooks: Hook[] }]> } =>
    JSON.parse(readFileSync(path.join(folder(), 'agent', 'claude-settings.json'), 'utf8')) as never;

  for (const [mode, flag, own] of [
    ['plan', 'plan', { useAutoModeDuringPlan: false }],
    ['ask', 'manual', { disableAutoMode: 'disable' }],
    ['auto', 'auto', {}],
    ['bypass', 'bypassPermissions', { skipDangerousModePermissionPrompt: true }],
  ] as const) {
    it(`knows the mode ${mode} by its own name, and what goes with it`, async () => {
      const env = { HOME: folder(), IS_SANDBOX: '1' };
      const claude = runtime({ env });
      await claude.prepare?.(request({ mode }));
      assert.deepEqual(claude.launch(request({ mode })).argv, [
        'claude',
        '--session-id',
        session,
        '--permission-mode',
        flag,
        '--settings',
        path.join(folder(), 'agent', 'claude-settings.json'),
        '--',
        'Limit the logins',
      ]);
      const { hooks: _, ...rest } = settings();
      assert.deepEqual(rest, own);
    });
  }

  it('continues a conversation with the mode again, and with nothing to say where there is nothing', () => {
    const { argv } = runtime().launch(request({ resume: true, prompt: null, model: 'opus', mode: 'ask' }));
    assert.deepEqual(argv.slice(1, 5), ['--resume', session, '--permission-mode', 'manual']);
    assert.deepEqual(argv.slice(-2), ['--model', 'opus']);
  });

  it('names the file of a prompt that is too long for an argument', () => {
    const { argv } = runtime().launch(request({ prompt: 'x'.repeat(100_001) }));
    assert.match(argv.at(-1) ?? '', /prompt\.md/);
    assert.ok(argv.join(' ').length < 500);
  });

  it('takes no prompt for a command of its own', () => {
    assert.match(
      runtime()
        .launch(request({ prompt: '/clear it' }))
        .argv.at(-1) ?? '',
      /^My message.*\n\n\/clear it$/,
    );
  });

  it('uses the program and the variables that are configured', () => {
    const config = { command: ['/opt/claude', '--verbose'], env: { ANTHROPIC_BASE_URL: 'http://x' }, script: null };
    const { argv, env } = runtime({ config }).launch(request());
    assert.deepEqual(argv.slice(0, 3), ['/opt/claude', '--verbose', '--session-id']);
    assert.deepEqual(env, { DISABLE_AUTOUPDATER: '1', ANTHROPIC_BASE_URL: 'http://x' });
  });

  it('refuses to bypass permissions as root, as the tool itself does', async () => {
    const isRoot = process.getuid?.() === 0;
    const prepared = await runtime()
      .prepare?.(request({ mode: 'bypass' }))
      .then(() => 'prepared', String);
    assert.match(prepared ?? '', isRoot ? /as root/ : /^prepared$/);
  });

  it('reports what is rare by a command, what is frequent by a post, and waits a day for answers', async () => {
    await runtime().prepare?.(request());
    const { hooks } = settings();
    assert.deepEqual(
      kinds(hooks, 'command'),
      ['PermissionRequest', 'SessionStart', 'SessionEnd', 'Stop', 'StopFailure', 'UserPromptSubmit'].sort(),
    );
    assert.ok(kinds(hooks, 'http').includes('PostToolUse'));
    assert.equal(hooks['PermissionRequest']?.[0].hooks[0]?.timeout, 86_400);
    assert.equal(statSync(path.join(folder(), 'agent', 'claude-settings.json')).mode & 0o777, 0o600);
  });

  it('reports a start by itself only where no prompt follows at once', async () => {
    const matchers: (string | undefined)[] = [];
    for (const changes of [{}, { resume: true }, { resume: true, prompt: null }]) {
      await runtime().prepare?.(request(changes));
      matchers.push(settings().hooks['SessionStart']?.[0].matcher);
    }
    assert.deepEqual(matchers, ['clear|compact|resume', 'clear|compact', '*']);
  });

  it('posts nowhere while nothing listens', async () => {
    await runtime().prepare?.(request({ hooks: { panCommand: '/x/pan', url: null } }));
    assert.deepEqual(kinds(settings().hooks, 'http'), []);
  });

  it('has hooks that do nothing once `pan` is gone, and never block what they report', async () => {
    await runtime().prepare?.(request());
    const command = settings().hooks['Stop']?.[0].hooks[0]?.command ?? '';
    const run = () => spawnSync('/bin/sh', ['-c', command], { input: '{}', encoding: 'utf8' });
    assert.deepEqual([run().status, run().stdout, run().stderr], [0, '', '']);
    const pan = request().hooks.panCommand;
    mkdirSync(path.dirname(pan));
    writeFileSync(pan, '#!/bin/sh\necho "$1"\nexit 2\n');
    chmodSync(pan, 0o755);
    assert.deepEqual([run().status, run().stdout], [0, 'hook\n']);
  });

  it('says how to get it where it is missing', async () => {
    const readiness = await runtime().readiness(request());
    assert.deepEqual(readiness.ready ? '' : [readiness.message, readiness.hint.includes('npm install')], [
      'claude was not found.',
      true,
    ]);
    assert.deepEqual(await runtime().inspect?.(), {
      installed: false,
      version: null,
      loggedIn: null,
      fix: 'npm install -g @anthropic-ai/claude-code',
    });
  });

  it('knows its version and whether there is a login without starting it', async () => {
    const bin = path.join(folder(), 'bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'claude'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    writeFileSync(path.join(folder(), 'package.json'), '{"name":"@anthropic-ai/claude-code","version":"2.1.330"}');
    const inspected = await runtime().inspect?.();
    assert.deepEqual([inspected?.installed, inspected?.version], [true, '2.1.330']);
    // On macOS nobody knows without asking the keychain.
    assert.equal(inspected?.fix, inspected?.loggedIn === false ? logins['claude'] : null);
    const env = { HOME: folder(), PATH: bin, ANTHROPIC_AUTH_TOKEN: 'x' };
    assert.equal((await runtime({ env }).inspect?.())?.loggedIn, true);
  });
});

interface Hook {
  type: string;
  command?: string;
  timeout: number;
}

function kinds(hooks: Record<string, [{ hooks: Hook[] }]>, type: string): string[] {
  return Object.entries(hooks)
    .filter(([, [group]]) => group.hooks.some((hook) => hook.type === type))
    .map(([event]) => event)
    .sort();
}
