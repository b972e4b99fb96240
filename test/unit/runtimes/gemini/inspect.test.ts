import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { geminiDefinition } from '../../../../runner/core/runtimes/gemini/geminiDefinition.ts';
import type { Runtime } from '../../../../runner/core/runtimes/runtime.ts';
import { MovableClock } from '../../../support/movableClock.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';

describe('an installed Gemini CLI', () => {
  const folder = useTempFolder();

  function runtime(env: Record<string, string> = {}, command: string[] | null = null): Runtime {
    return geminiDefinition.create({
      config: { command, env: {}, script: null },
      env: { HOME: folder(), PATH: path.join(folder(), 'bin'), ...env },
      clock: new MovableClock(),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      self: { pid: process.pid, startTime: 'now' },
      startTimeOf: () => Promise.resolve('now'),
      node: process.execPath,
      rehearsalProgram: '',
      rehearsalFolder: '',
    });
  }

  function place() {
    return {
      projectPath: path.join(folder(), 'shop'),
      workspace: path.join(folder(), 'shop/workspaces/feature-sho-1'),
    };
  }

  function install(): string {
    const bundle = path.join(folder(), 'lib', '@google', 'gemini-cli', 'bundle');
    mkdirSync(bundle, { recursive: true });
    mkdirSync(path.join(folder(), 'bin'));
    writeFileSync(path.join(bundle, '..', 'package.json'), '{"name":"@google/gemini-cli","version":"0.61.0"}');
    writeFileSync(path.join(bundle, 'gemini.js'), '#!/bin/sh\n', { mode: 0o755 });
    const program = path.join(folder(), 'bin', 'gemini');
    symlinkSync(path.join(bundle, 'gemini.js'), program);
    return program;
  }

  it('is missed with what to type', async () => {
    assert.deepEqual(await runtime().readiness(place()), {
      ready: false,
      message: 'gemini was not found.',
      hint: 'Install it: npm install -g @google/gemini-cli, or choose another runtime: --runtime rehearsal',
    });
    assert.equal((await runtime().inspect?.())?.installed, false);
  });

  it('tells its version without being run', async () => {
    const program = install();
    assert.deepEqual(await runtime({ GEMINI_API_KEY: 'key' }).readiness(place()), { ready: true });
    assert.deepEqual(await runtime({}, [program]).inspect?.(), {
      installed: true,
      version: '0.61.0',
      loggedIn: false,
      fix: 'gemini',
    });
  });

  it('is not launched where it would certainly stop at its sign-in dialog', async () => {
    install();
    assert.deepEqual(await runtime().readiness(place()), {
      ready: false,
      message: 'Gemini CLI was never told how to sign in, and would stop at that question.',
      hint: 'Type gemini in a terminal and sign in once, or set GEMINI_API_KEY.',
    });
    mkdirSync(path.join(place().projectPath, '.gemini'), { recursive: true });
    const settings = '{"security":{"auth":{"selectedType":"vertex-ai"}}}';
    writeFileSync(path.join(place().projectPath, '.gemini', 'settings.json'), settings);
    assert.deepEqual(await runtime().readiness(place()), { ready: true });
  });

  it('is known to be signed in by a key or by its own credentials', async () => {
    install();
    assert.equal((await runtime({ GEMINI_API_KEY: 'key' }).inspect?.())?.loggedIn, true);
    mkdirSync(path.join(folder(), '.gemini'));
    writeFileSync(
      path.join(folder(), '.gemini', 'settings.json'),
      '{"security":{"auth":{"selectedType":"oauth-personal"}}}',
    );
    assert.equal((await runtime().inspect?.())?.loggedIn, null);
    writeFileSync(path.join(folder(), '.gemini', 'oauth_creds.json'), '{}');
    assert.equal((await runtime().inspect?.())?.loggedIn, true);
  });

  it('is launched as configured', () => {
    const launched = runtime({}, ['node', 'gemini.js']).launch({
      agentId: 'agent-min-1',
      issueId: 'MIN-1',
      workspace: '/w',
      projectPath: '/p',
      agentFolder: '/a',
      prompt: null,
      promptFile: '/a/prompt.md',
      sessionId: 's',
      resume: true,
      model: null,
      mode: 'plan',
      hooks: { panCommand: '/h/bin/pan', url: null },
    });
    assert.deepEqual(launched.argv.slice(0, 3), ['node', 'gemini.js', '--skip-trust']);
  });
});
