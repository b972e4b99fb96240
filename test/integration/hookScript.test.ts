import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { panCommandScript } from '../../runner/core/install/panCommand.ts';
import { installedShells } from '../support/shells.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const sender = { PAN_AGENT_ID: 'agent-min-1', PAN_LAUNCH_ID: '01JD000000000000000000TEST', PAN_HOOK_TOKEN: 'a-B_9' };

describe('the hook of an agent', () => {
  const folder = useTempFolder();
  let spool: string;

  beforeEach(() => {
    spool = path.join(folder(), `spool it's "$(touch canary)"`);
    mkdirSync(spool);
  });

  /** Runs `pan hook`. Its pan is a program that says that it was called, and what it was given. */
  function hook(shell: readonly [string, ...string[]], text: string, env: Record<string, string> = sender) {
    const pan = path.join(folder(), 'pan.js');
    const node = path.join(folder(), 'node');
    writeFileSync(pan, '');
    writeFileSync(node, '#!/bin/sh\nprintf "by node: "; cat\n');
    chmodSync(node, 0o755);
    const script = path.join(folder(), 'pan');
    writeFileSync(script, panCommandScript({ node, pan, electron: false }));
    const [command, ...args] = shell;
    const { status, stdout, stderr } = spawnSync(command, [...args, script, 'hook'], {
      input: text,
      maxBuffer: 4_000_000,
      encoding: 'utf8',
      cwd: folder(),
      env: { PATH: process.env['PATH'] ?? '', PAN_SPOOL: spool, ...env },
    });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout;
  }

  function spooled(): unknown[] {
    return readdirSync(spool).map((name) => {
      assert.match(name, /^\d{15}-\d+-shell\.json$/);
      return JSON.parse(readFileSync(path.join(spool, name), 'utf8'));
    });
  }

  for (const { name, argv } of installedShells()) {
    describe(`in ${name}`, () => {
      it('leaves an event as it is, without a Node', () => {
        const event = { hook_event_name: 'Stop', text: `it's "$(touch canary)" \`x\` %s \\n \\ é 🎉`, cwd: '/w' };
        const stdout = hook(argv, JSON.stringify(event));
        if (stdout === '') {
          const [found] = spooled() as { at: string; event: unknown }[];
          const { PAN_AGENT_ID: agentId, PAN_LAUNCH_ID: launchId, PAN_HOOK_TOKEN: token } = sender;
          assert.deepEqual(found, { agentId, launchId, token, at: found?.at, source: 'hook', event });
          assert.ok(Math.abs(Date.parse(found?.at ?? '') - Date.now()) < 60_000);
        } else {
          // A shell may bring a date of its own that knows no milliseconds.
          assert.notEqual(name, 'sh');
          assert.deepEqual([stdout, spooled()], [`by node: ${JSON.stringify(event)}`, []]);
        }
        assert.ok(!readdirSync(folder()).includes('canary'));
      });

      it('leaves to Node what has to wait, and what is large, whole', () => {
        for (const text of [`{"hook_event_name":"PermissionRequest"}`, `{"text":"${'x'.repeat(1_100_000)}"}`]) {
          assert.equal(hook(argv, text), `by node: ${text}`);
        }
        assert.deepEqual(readdirSync(spool), []);
      });

      it('leaves to Node what no agent would send', () => {
        for (const env of [
          {},
          { ...sender, PAN_AGENT_ID: 'x","y":"' },
          { ...sender, PAN_SPOOL: path.join(folder(), 'gone') },
        ]) {
          assert.equal(hook(argv, '{}', env as Record<string, string>), 'by node: {}');
        }
        assert.deepEqual(readdirSync(spool), []);
      });
    });
  }
});
