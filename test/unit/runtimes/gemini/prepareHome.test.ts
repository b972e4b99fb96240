import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { hookCommand } from '../../../../runner/core/runtimes/gemini/extensionFiles.ts';
import { prepareHome } from '../../../../runner/core/runtimes/gemini/prepareHome.ts';
import { UserError } from '../../../../runner/protocol/errors.ts';
import { MovableClock } from '../../../support/movableClock.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';

describe('what Gemini CLI needs before an agent starts', () => {
  const folder = useTempFolder();

  function at(...parts: string[]): string {
    return path.join(folder(), '.gemini', ...parts);
  }

  function workspace(): string {
    return path.join(folder(), 'app', 'workspaces', 'feature-min-1');
  }

  function prepare(env: Record<string, string> = { GEMINI_API_KEY: 'key' }): Promise<void> {
    mkdirSync(workspace(), { recursive: true });
    return prepareHome(
      {
        env: { HOME: folder(), ...env },
        clock: new MovableClock(),
        self: { pid: process.pid, startTime: 'now' },
        startTimeOf: () => Promise.resolve('now'),
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      },
      workspace(),
    );
  }

  function json(file: string): Record<string, unknown> {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  }

  function write(file: string, content: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  it('is an extension that is loaded in the workspaces of the project only', async () => {
    await prepare();
    assert.equal(json(at('extensions', 'panopticon', 'gemini-extension.json'))['name'], 'panopticon');
    const hooks = json(at('extensions', 'panopticon', 'hooks', 'hooks.json'))['hooks'] as object;
    assert.ok(Object.keys(hooks).includes('BeforeAgent'));
    assert.deepEqual(json(at('extensions', 'extension-enablement.json')), {
      panopticon: { overrides: ['!/*', `${path.dirname(workspace())}/*`] },
    });
  });

  it('is written once: a second time changes nothing', async () => {
    await prepare();
    const files = [
      at('settings.json'),
      at('extensions', 'extension-enablement.json'),
      at('extensions', 'panopticon', 'hooks', 'hooks.json'),
    ];
    const before = files.map((file) => statSync(file).ino);
    await prepare();
    assert.deepEqual(
      files.map((file) => statSync(file).ino),
      before,
    );
    assert.deepEqual(
      readdirSync(at()).filter((name) => name.includes('lock')),
      [],
    );
  });

  it('leaves other extensions and their rules as they are', async () => {
    const file = at('extensions', 'extension-enablement.json');
    write(file, '{\n    "other": {"overrides": ["/work/*"]}\n}\n');
    await prepare();
    assert.deepEqual(json(file)['other'], { overrides: ['/work/*'] });
    assert.match(readFileSync(file, 'utf8'), /^ {4}"other"/m);
  });

  it('chooses the key to sign in with where one is given and nothing was ever chosen', async () => {
    const file = at('settings.json');
    write(file, '{"ui":{"theme":"Dracula"},"security":{"folderTrust":{"enabled":true}}}');
    await prepare();
    assert.deepEqual(json(file), {
      ui: { theme: 'Dracula' },
      security: { folderTrust: { enabled: true }, auth: { selectedType: 'gemini-api-key' } },
    });
  });

  it('never changes how a user signs in, nor settings with comments in them', async () => {
    const settings = '{ // mine\n  "security": { "auth": { "selectedType": "oauth-personal" } }\n}\n';
    write(at('settings.json'), settings);
    await prepare();
    assert.equal(readFileSync(at('settings.json'), 'utf8'), settings);
  });

  it('refuses where the tool would stop at its sign-in dialog', async () => {
    await assert.rejects(prepare({}), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /never told how to sign in/);
      return true;
    });
  });

  it('refuses politely where a file cannot be added to, and leaves it alone', async () => {
    write(at('settings.json'), '{ // mine\n}\n');
    await assert.rejects(prepare(), /settings\.json is not a JSON object/);
    assert.equal(readFileSync(at('settings.json'), 'utf8'), '{ // mine\n}\n');
  });

  it('refuses to write into an extension of that name that somebody else made', async () => {
    write(at('extensions', 'panopticon', 'gemini-extension.json'), '{"name":"panopticon","version":"3.0.0"}');
    await assert.rejects(prepare(), /did not make/);
  });

  it('follows links, and keeps the permissions', async () => {
    const real = path.join(folder(), 'dotfiles', 'settings.json');
    write(real, '{}');
    execFileSync('chmod', ['640', real]);
    mkdirSync(at(), { recursive: true });
    symlinkSync(real, at('settings.json'));
    await prepare();
    assert.ok(lstatSync(at('settings.json')).isSymbolicLink());
    assert.equal(statSync(real).mode & 0o777, 0o640);
    assert.match(readFileSync(real, 'utf8'), /gemini-api-key/);
  });

  it('removes the empty files that would make the tool destroy a conversation, and nothing else', async () => {
    const header = (id: string) => `${JSON.stringify({ sessionId: id, kind: 'main' })}\n`;
    const message = `${JSON.stringify({ id: 'm', timestamp: 't', type: 'user', content: [{ text: 'hi' }] })}\n`;
    const context = `${JSON.stringify({ $set: { messages: [{ type: 'user' }] } })}\n`;
    mkdirSync(workspace(), { recursive: true });
    write(at('projects.json'), JSON.stringify({ projects: { [workspace()]: 'app-1' } }));
    const chats = (name: string) => at('tmp', 'app-1', 'chats', name);
    write(chats('session-2026-11-22T17-37-aaaaaaaa.jsonl'), header('aaaaaaaa-1') + context + message);
    write(chats('session-2026-11-22T17-38-aaaaaaaa.jsonl'), header('aaaaaaaa-1') + context);
    write(chats('session-2026-11-22T17-39-bbbbbbbb.jsonl'), header('bbbbbbbb-1') + context);
    write(chats('session-2026-11-22T17-40-cccccccc.jsonl'), header('cccccccc-1') + context);
    write(chats('session-2026-11-22T17-41-cccccccc.jsonl'), header('cccccccc-1') + context);
    await prepare();
    assert.deepEqual(readdirSync(chats('.')), [
      'session-2026-11-22T17-37-aaaaaaaa.jsonl',
      'session-2026-11-22T17-39-bbbbbbbb.jsonl',
      'session-2026-11-22T17-40-cccccccc.jsonl',
      'session-2026-11-22T17-41-cccccccc.jsonl',
    ]);
  });
});

describe('the hook of Gemini CLI', () => {
  const folder = useTempFolder();

  function run(env: Record<string, string>): string {
    return execFileSync('sh', ['-c', hookCommand], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      input: '',
    }).toString();
  }

  it('does nothing outside an agent', () => {
    assert.equal(run({}), '');
  });

  it('fails nothing and says nothing when the runner was removed', () => {
    assert.equal(run({ PAN_AGENT_ID: 'agent-min-1', PANOPTICON_HOME: path.join(folder(), 'gone') }), '');
  });

  it('hands the event to the runner of its home, and keeps its words and its failure to itself', () => {
    const home = path.join(folder(), 'my home');
    mkdirSync(path.join(home, 'bin'), { recursive: true });
    const pan = path.join(home, 'bin', 'pan');
    writeFileSync(pan, `#!/bin/sh\ncat >"$PANOPTICON_HOME/$1"\necho words\nexit 3\n`, { mode: 0o755 });
    assert.equal(run({ PAN_AGENT_ID: 'agent-min-1', PANOPTICON_HOME: home }), '');
    assert.ok(existsSync(path.join(home, 'hook')));
  });
});
