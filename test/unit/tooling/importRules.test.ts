import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Wrong {
  file: string;
  imports: string;
  /** Part of the message: the door that is meant. */
  door: string;
}

const wrong: Wrong[] = [
  { file: 'runner/protocol/a.ts', imports: 'node:fs', door: 'imports nothing but vscode-jsonrpc' },
  { file: 'runner/protocol/b.ts', imports: 'valibot', door: 'belong to runner/core' },
  { file: 'runner/protocol/c.ts', imports: '../core/paths.ts', door: 'Put the shared type into runner/protocol' },
  { file: 'runner/client/a.ts', imports: '../core/runner.ts', door: 'only over its socket' },
  { file: 'runner/client/b.ts', imports: 'vscode', door: 'Only extension/src imports vscode' },
  { file: 'runner/core/agents/a.ts', imports: '../../client/runnerClient.ts', door: 'as a port of createRunner' },
  { file: 'runner/core/agents/b.ts', imports: '../../daemon/rpcServer.ts', door: 'as a port of createRunner' },
  { file: 'runner/core/c.ts', imports: 'vscode', door: 'Only extension/src imports vscode' },
  { file: 'runner/core/d.ts', imports: 'execa', door: 'the exec port (runner/core/exec.ts)' },
  { file: 'runner/core/tmux/e.ts', imports: 'simple-git', door: 'runner/core/git' },
  { file: 'runner/core/exec.ts', imports: '../cli/main.ts', door: 'as a port of createRunner' },
  { file: 'runner/core/f.ts', imports: '../../test/support/waitFor.ts', door: 'does not import test helpers' },
  { file: 'runner/daemon/a.ts', imports: '../client/connectRunner.ts', door: 'imports no client' },
  { file: 'runner/cli/work/a.ts', imports: '../../core/runner.ts', door: 'runner/client (connectRunner)' },
  { file: 'runner/cli/b.ts', imports: '../daemon/main.ts', door: 'Only runner/cli/openRunner.ts' },
  { file: 'extension/src/a.ts', imports: '../../runner/core/paths.ts', door: 'import runner/client (connectRunner)' },
  { file: 'extension/src/b.ts', imports: 'node:child_process', door: 'ask the runner through runner/client' },
  { file: 'webview/plan/a.ts', imports: '../../runner/client/runnerClient.ts', door: 'webview/shared/host.ts' },
  { file: 'webview/plan/b.ts', imports: 'node:fs', door: 'webview/shared/host.ts' },
];

const right: Array<[file: string, imports: string]> = [
  ['runner/protocol/requests.ts', 'vscode-jsonrpc'],
  ['runner/protocol/models.ts', './enumerations.ts'],
  ['runner/client/runnerClient.ts', '../protocol/runnerApi.ts'],
  ['runner/core/exec.ts', 'execa'],
  ['runner/core/git/repository.ts', 'simple-git'],
  ['runner/core/runtimes/rehearsal/program/main.ts', 'node:child_process'],
  ['runner/core/agents/agentService.ts', '../../protocol/models.ts'],
  ['runner/daemon/main.ts', '../core/runner.ts'],
  ['runner/cli/main.ts', '../client/connectRunner.ts'],
  ['runner/cli/openRunner.ts', '../core/runner.ts'],
  ['extension/src/extension.ts', 'vscode'],
  ['extension/src/extension.ts', '../../runner/client/connectRunner.ts'],
  ['webview/plan/main.ts', '../shared/host.ts'],
  ['test/unit/anything.test.ts', '../../runner/core/paths.ts'],
];

describe('the import rules', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'panopticon-imports-')));
    cpSync(resolve('biome.json'), join(root, 'biome.json'));
    cpSync(resolve('.ci'), join(root, '.ci'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function lint(files: Map<string, string[]>, rules = ['--only=style/noRestrictedImports']) {
    for (const [file, lines] of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), lines.join('\n'));
    }
    const { stdout, stderr, status } = spawnSync(
      resolve('node_modules/.bin/biome'),
      ['lint', '--vcs-enabled=false', ...rules, '--reporter=github', '--max-diagnostics=none', '.'],
      { cwd: root, encoding: 'utf8' },
    );
    return { output: stdout + stderr, status };
  }

  it('name the right door for every wrong import', () => {
    const { output } = lint(new Map(wrong.map(({ file, imports }) => [file, [`import '${imports}';`]])));
    for (const { file, imports, door } of wrong) {
      const line = output.split('\n').find((text) => text.includes(`/${file},`));
      assert.ok(line?.toLowerCase().includes(door.toLowerCase()), `${file} -> ${imports}: ${line ?? 'no message'}`);
    }
  });

  it('see types, re-exports and dynamic imports', () => {
    const ways = [
      `import type { A } from '../client/a.ts';`,
      `export { a } from '../client/a.ts';`,
      `const a = await import('../client/a.ts');`,
    ];
    const files = new Map(ways.map((way, index) => [`runner/core/way${index}.ts`, [way]]));
    const { output } = lint(files);
    for (const file of files.keys()) assert.ok(output.includes(`/${file},`), file);
  });

  it('let the right imports pass', () => {
    const files = new Map<string, string[]>();
    for (const [file, imports] of right) files.set(file, [...(files.get(file) ?? []), `import '${imports}';`]);
    const { output, status } = lint(files);
    assert.equal(status, 0, output);
  });

  it('let core end no process, and programs end their own', () => {
    const exits = ['runner/core/a.ts', 'runner/cli/a.ts', 'runner/core/runtimes/rehearsal/program/a.ts'];
    const { output } = lint(new Map(exits.map((file) => [file, ['process.exit(1);']])), []);
    const found = output.split('\n').filter((line) => line.includes('never ends the process'));
    assert.equal(found.length, 1, output);
    assert.match(found[0] ?? '', /runner\/core\/a\.ts/);
  });
});
