import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A clone with fake programs on its PATH, each of which writes its arguments to `calls`. */
class Clone {
  readonly root = mkdtempSync(join(tmpdir(), 'panopticon setup '));
  readonly bin = join(this.root, 'bin');

  constructor() {
    cpSync(resolve('.ci'), join(this.root, '.ci'), { recursive: true });
    writeFileSync(join(this.root, 'package.json'), JSON.stringify({ engines: { node: '>=20.19' } }));
    writeFileSync(join(this.root, 'package-lock.json'), '{}');
    mkdirSync(this.bin);
    symlinkSync(process.execPath, join(this.bin, 'node'));
    symlinkSync('/bin/sh', join(this.bin, 'sh'));
    for (const name of ['mkdir', 'env', 'chmod', 'cat']) {
      symlinkSync(
        spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(),
        join(this.bin, name),
      );
    }
  }

  add(name: string, script = 'exit 0'): this {
    const file = join(this.bin, name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "${this.root}/calls"\n${script}\n`);
    chmodSync(file, 0o755);
    return this;
  }

  addNpm(): this {
    return this.add('npm', 'mkdir -p node_modules && echo {} > node_modules/.package-lock.json');
  }

  setup(): { status: number | null; output: string; calls: string[] } {
    writeFileSync(join(this.root, 'calls'), '');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.root, '.ci', 'setup.mjs')], {
      encoding: 'utf8',
      env: { PATH: this.bin },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const calls = spawnSync('cat', [join(this.root, 'calls')], { encoding: 'utf8' }).stdout.trim();
    return { status, output: stdout + stderr, calls: calls === '' ? [] : calls.split('\n') };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

describe('npm run setup', () => {
  let clone: Clone;
  beforeEach(() => {
    clone = new Clone();
  });
  afterEach(() => clone.remove());

  const npmCi = 'npm ci --include=dev --ignore-scripts --no-audit --no-fund --no-progress';

  it('installs the packages of a fresh clone once and then is silent', () => {
    clone.add('git').add('tmux').addNpm();
    assert.deepEqual(clone.setup(), { status: 0, output: 'Installing packages with npm ci ...\n', calls: [npmCi] });
    assert.deepEqual(clone.setup(), { status: 0, output: '', calls: [] });
  });

  it('does not install again because a checkout gave the lock file a new time', () => {
    clone.add('git').add('tmux').addNpm().setup();
    const nextYear = new Date(Date.now() + 365 * 24 * 3_600_000);
    utimesSync(join(clone.root, 'package-lock.json'), nextYear, nextYear);
    assert.deepEqual(clone.setup().calls, []);
  });

  it('installs again when the lock file has other content', () => {
    clone.add('git').add('tmux').addNpm().setup();
    writeFileSync(join(clone.root, 'package-lock.json'), '{"lockfileVersion":3}');
    const nextYear = new Date(Date.now() + 365 * 24 * 3_600_000);
    utimesSync(join(clone.root, 'package-lock.json'), nextYear, nextYear);
    assert.deepEqual(clone.setup().calls, [npmCi]);
  });

  it('tries npm again after a failure', () => {
    clone
      .add('git')
      .add('tmux')
      .add(
        'npm',
        '[ -d node_modules ] || { mkdir node_modules; echo ECONNRESET; exit 1; }; echo {} > node_modules/.package-lock.json',
      );
    const { status, output, calls } = clone.setup();
    assert.deepEqual({ status, calls }, { status: 0, calls: [npmCi, npmCi] });
    assert.match(output, /ECONNRESET/);
  });

  it('says in one sentence that Node is too old, and does nothing else', () => {
    clone.addNpm();
    writeFileSync(join(clone.root, 'package.json'), JSON.stringify({ engines: { node: '>=99.1' } }));
    const { status, output, calls } = clone.setup();
    assert.deepEqual({ status, calls }, { status: 1, calls: [] });
    assert.match(output, /^Node [\d.]+ is too old: Panopticon needs Node 99\.1 or newer[^\n]*\n$/);
  });

  it('says which command installs a missing tool when there is no way to install it', () => {
    clone.add('git').addNpm();
    const { status, output } = clone.setup();
    assert.equal(status, 1);
    assert.match(output, /^Panopticon needs tmux\. Type: /);
  });

  it('installs missing tools where it may', () => {
    const isRoot = process.getuid?.() === 0;
    const makeTmux = `case "$*" in *tmux*) printf '#!/bin/sh\\n' > "${clone.bin}/tmux"; chmod 755 "${clone.bin}/tmux";; esac`;
    clone.add('git').addNpm();
    clone.add('apt-get', makeTmux);
    clone.add('sudo', 'shift; [ "$1" = true ] || exec "$@"');
    const { status, calls } = clone.setup();
    assert.equal(status, 0);
    assert.ok(calls.includes('apt-get install -y --no-install-recommends tmux'));
    assert.equal(
      calls.some((call) => call.startsWith('sudo')),
      !isRoot,
    );
  });
});
