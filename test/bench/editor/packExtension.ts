import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const packer = path.join(root, 'node_modules/@vscode/vsce/vsce');
const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--skip-license'];
const shipped = ['package.json', '.vscodeignore', 'README.md', 'CHANGELOG.md', 'LICENSE', 'media', 'skills'];

/** Builds the extension as it ships into an empty folder; dist/ may hold a build for development. */
export function buildExtension(folder: string): void {
  for (const name of shipped) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  run([path.join(root, '.ci/build.mjs'), '--production', '--out', path.join(folder, 'dist')], root);
}

/** Packs the extension of a folder. The probe is active from the first moment, of which the packer warns. */
export function packExtension(folder: string, vsix: string): void {
  const probe = folder === probeFolder ? ['--allow-star-activation'] : [];
  run([packer, 'package', ...options, ...probe, '--out', vsix], folder);
}

/** The extension that tells what its host holds (`askProbe`). */
export const probeFolder = path.join(import.meta.dirname, 'probe');

function run(args: readonly string[], cwd: string): void {
  execFileSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
