import assert from 'node:assert/strict';
import { mkdirSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { World } from '../../../.ci/setup.mjs';
import { ensureVscodeHost } from '../../../.ci/vscodeHost.mjs';
import { useTempFolder } from '../../support/tempFolder.ts';

/** A machine that has the programs in `found`; what would be run is noted, without the environment it is run with. */
class Machine {
  readonly calls: string[] = [];
  readonly said: string[] = [];
  failing: string | undefined;
  readonly world: World;

  constructor(root: string, facts: { platform?: NodeJS.Platform; found?: string[] } = {}) {
    const found = facts.found ?? ['chromium', 'rg', 'apt-get'];
    for (const edition of ['newest', 'oldest']) {
      const source = path.join(root, 'test/host', edition);
      mkdirSync(source, { recursive: true });
      writeFileSync(path.join(source, 'package.json'), '{}');
      writeFileSync(path.join(source, 'package-lock.json'), `{ "name": "${edition}" }`);
    }
    this.world = {
      root,
      platform: facts.platform ?? 'linux',
      arch: 'x64',
      nodeVersion: '20.19.0',
      isRoot: false,
      find: (name) => (found.includes(name) ? `/usr/bin/${name}` : null),
      run: (argv) => this.run(argv),
      pause: async () => undefined,
      say: (line) => this.said.push(line),
    };
  }

  private run(argv: string[]): { ok: boolean; output: string } {
    const command = argv
      .slice(argv.indexOf('npm'))
      .filter((word) => !word.startsWith('-'))
      .map((word) => word.replace(this.world.root, ''))
      .join(' ');
    this.calls.push(command);
    const prefix = argv[argv.indexOf('--prefix') + 1] ?? '';
    mkdirSync(path.join(prefix, 'node_modules'), { recursive: true });
    return this.failing !== undefined && command.includes(this.failing)
      ? { ok: false, output: 'npm says no' }
      : { ok: true, output: '' };
  }
}

describe('the set-up of a VS Code for tests', () => {
  const folder = useTempFolder('panopticon host ');

  it('installs code-server, then what the editor in it needs, and nothing the second time', async () => {
    const machine = new Machine(folder());
    assert.equal(await ensureVscodeHost('newest', machine.world), true);
    const place = '/.cache/vscode-newest';
    const editor = `${place}/node_modules/code-server/lib/vscode`;
    assert.deepEqual(machine.calls, [
      `npm ci ${place}`,
      `npm install ${editor}`,
      `npm rebuild ${editor} @vscode/spdlog`,
      `npm rebuild ${editor} @vscode/native-watchdog`,
    ]);
    assert.equal(await ensureVscodeHost('newest', machine.world), true);
    assert.equal(machine.calls.length, 4);
  });

  it('installs again once another version is wanted', async () => {
    const machine = new Machine(folder());
    await ensureVscodeHost('newest', machine.world);
    writeFileSync(path.join(folder(), 'test/host/newest/package-lock.json'), '{ "name": "newer" }');
    assert.equal(await ensureVscodeHost('newest', machine.world), true);
    assert.equal(machine.calls.length, 8);
  });

  it('gives the oldest editor the ripgrep of the system, because its own would come from GitHub', async () => {
    const machine = new Machine(folder());
    assert.equal(await ensureVscodeHost('oldest', machine.world), true);
    const editor = '.cache/vscode-oldest/node_modules/code-server/lib/vscode';
    assert.equal(readlinkSync(path.join(folder(), editor, 'node_modules/@vscode/ripgrep/bin/rg')), '/usr/bin/rg');
  });

  it('tries again, then says what to type; a later run begins anew', async () => {
    const machine = new Machine(folder());
    machine.failing = 'spdlog';
    assert.equal(await ensureVscodeHost('oldest', machine.world), false);
    assert.equal(machine.calls.filter((call) => call.startsWith('npm ci')).length, 3);
    assert.equal(
      machine.said.at(-1),
      'VS Code could not be installed. Check the network, then type: node .ci/vscodeHost.mjs --oldest',
    );
    machine.failing = undefined;
    assert.equal(await ensureVscodeHost('oldest', machine.world), true);
  });

  it('names what is missing where it may not install it', async () => {
    const machine = new Machine(folder(), { found: ['apt-get'] });
    assert.equal(await ensureVscodeHost('oldest', machine.world), false);
    assert.deepEqual(machine.said, [
      'Panopticon needs chromium and ripgrep. Type: sudo apt-get update && sudo apt-get install -y chromium ripgrep',
    ]);
    assert.deepEqual(machine.calls, []);
  });

  it('takes a browser of another name', async () => {
    const machine = new Machine(folder(), { found: ['google-chrome'] });
    assert.equal(await ensureVscodeHost('newest', machine.world), true);
  });

  it('says where it does not work', async () => {
    const machine = new Machine(folder(), { platform: 'darwin' });
    assert.equal(await ensureVscodeHost('newest', machine.world), false);
    assert.deepEqual(machine.said, [
      'The VS Code for tests without a display is for Linux on x64. Elsewhere, run npm run test:extension on a desktop: it downloads VS Code.',
    ]);
  });
});
