#!/usr/bin/env node
/** Packs dist/, as it is, for the tests in a real VS Code: .cache/panopticon.vsix. `npm run package` makes what ships. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'node_modules/@vscode/vsce/vsce');
const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];

mkdirSync(join(root, '.cache'), { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [program, 'package', ...options, '--out', join(root, '.cache/panopticon.vsix')],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);
process.exitCode = status ?? 1;
