import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const { name, version }: { name: string; version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
const vsix = resolve('dist-packages', `${name}-${version}.vsix`);
const tarball = resolve('dist-packages', `${name}-${version}.tgz`);

/** Everything that ships. A file that is not listed here is either missing or a leak. */
const shipped = [
  'dist/cli.js',
  'dist/commander.js',
  'dist/commands.js',
  'dist/extension.js',
  'dist/pan.js',
  'dist/rehearsal.js',
  'dist/runner.js',
  'dist/webview/agent.js',
  'dist/webview/toolkit.js',
  // Pictures of the extension, all of them.
  ...readdirSync('media', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name: file }) => join(parentPath, file)),
  'package.json',
  'skills/pan/SKILL.md',
];

/** The names in a zip file's central directory (APPNOTE 4.3.12); vsce writes no zip64 and no comment. */
function zipNames(file: string): string[] {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names.sort();
}

describe('npm run package', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'panopticon package '));
  // A cache, configuration and HOME of its own: nothing of this machine helps the installation.
  const env = {
    PATH: process.env.PATH,
    HOME: temporary,
    PANOPTICON_HOME: join(temporary, '.panopticon'),
    npm_config_cache: join(temporary, 'npm-cache'),
  };

  before(() => {
    execFileSync('npm', ['run', 'package'], { stdio: ['ignore', 'ignore', 'inherit'] });
  });
  after(() => rmSync(temporary, { recursive: true, force: true }));

  it('packs for VS Code exactly what ships', () => {
    const listed = ['CHANGELOG.md', 'LICENSE.txt', 'README.md', ...shipped].map((file) => `extension/${file}`);
    const lowerCase = ['[Content_Types].xml', 'extension.vsixmanifest', ...listed].map((file) => file.toLowerCase());
    assert.deepEqual(
      zipNames(vsix)
        .map((file) => file.toLowerCase())
        .sort(),
      lowerCase.sort(),
    );
  });

  it('packs for npm exactly what ships', () => {
    const names = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const listed = ['CHANGELOG.md', 'LICENSE', 'README.md', ...shipped];
    assert.deepEqual(names.sort(), listed.map((file) => `package/${file}`).sort());
  });

  it('installs without a network into an empty prefix, and pan runs', () => {
    const prefix = join(temporary, 'prefix');
    execFileSync('npm', ['install', '--global', '--prefix', prefix, '--offline', tarball], {
      cwd: temporary,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const said = execFileSync(join(prefix, 'bin', 'pan'), ['--version'], { cwd: temporary, env, encoding: 'utf8' });
    assert.ok(said.trim().endsWith(version), said);
  });
});
