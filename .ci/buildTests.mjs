#!/usr/bin/env node
/** Bundles test/extension/suite/ into dist-tests/extension.js, whose `run` VS Code calls in its extension host. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const resolveDir = join(root, 'test/extension/suite');
const tests = readdirSync(resolveDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.test.ts'),
);
// Required one by one when mocha is ready for them: a test file calls describe() while it loads.
const loads = tests.sort().map((name) => `require('./${name}');`);

await build({
  absWorkingDir: root,
  stdin: {
    contents: `import { runMocha } from './runMocha.ts';
export const run = () => runMocha(() => {\n${loads.join('\n')}\n});`,
    resolveDir,
    loader: 'ts',
  },
  outfile: 'dist-tests/extension.js',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  external: ['vscode', 'mocha'],
  logOverride: { 'empty-import-meta': 'error' },
  logLevel: 'warning',
});
