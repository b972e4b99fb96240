#!/usr/bin/env node
/**
 * Bundles everything that ships into dist/.
 *   --watch       builds again at every change
 *   --production  minified, without source maps
 */
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isWatch = process.argv.includes('--watch');
const isProduction = process.argv.includes('--production');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: isProduction,
  sourcemap: !isProduction,
  define: { __PAN_VERSION__: JSON.stringify(version) },
  // The node bundles are CommonJS, where import.meta is empty: use __dirname.
  logOverride: { 'empty-import-meta': 'error' },
  logLevel: 'warning',
  legalComments: 'none',
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...node,
    entryPoints: { pan: 'runner/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
    // The runner is loaded only by the daemon, and minifying shortens the time to parse: pan starts in milliseconds.
    external: ['./runner.js'],
    minify: true,
    plugins: [{ name: 'executable', setup: (built) => built.onEnd(makeExecutable) }],
  },
  { ...node, entryPoints: { runner: 'runner/daemon/main.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { rehearsal: 'runner/core/runtimes/rehearsal/program/main.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { extension: 'extension/src/extension.ts' }, outdir: 'dist', external: ['vscode'] },
  {
    ...common,
    entryPoints: webviewEntries(),
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'esm',
    // VS Code 1.100 runs webviews in Chromium 132.
    target: ['chrome132', 'firefox128', 'safari17'],
  },
];

/** @returns {Record<string, string>} bundle name -> entry file */
function webviewEntries() {
  const views = readdirSync(join(root, 'webview')).filter((name) => existsSync(join(root, 'webview', name, 'main.ts')));
  return {
    toolkit: 'webview/shared/toolkit.ts',
    ...Object.fromEntries(views.map((name) => [name, `webview/${name}/main.ts`])),
  };
}

function makeExecutable() {
  const file = join(root, 'dist', 'pan.js');
  if (existsSync(file)) chmodSync(file, 0o755);
}

if (isWatch) {
  const contexts = await Promise.all(bundles.map((options) => context({ ...options, logLevel: 'info' })));
  await Promise.all(contexts.map((watched) => watched.watch()));
} else {
  const results = await Promise.allSettled(bundles.map((options) => build(options)));
  // esbuild has said on stderr what is wrong.
  if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;
}
