#!/usr/bin/env node
/**
 * Bundles everything that ships into dist/.
 *   --watch       builds again at every change
 *   --production  minified, without source maps
 *   --out FOLDER  elsewhere
 */
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import { vscodeApi } from './vscodeApi.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { watch: { type: 'boolean' }, production: { type: 'boolean' }, out: { type: 'string' } },
});
const isProduction = values.production === true;
const dist = resolve(values.out ?? join(root, 'dist'));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: isProduction,
  sourcemap: !isProduction,
  define: { __PAN_VERSION__: JSON.stringify(version) },
  // The node bundles are CommonJS, where import.meta is empty: use __dirname.
  logOverride: { 'empty-import-meta': 'error', 'import-is-undefined': 'error' },
  logLevel: 'warning',
  legalComments: 'none',
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };

/** @type {import('esbuild').BuildOptions} */
const thin = { ...node, minify: true };

/** The types of messages, without the connection: the client has a small one of its own. */
const rpcMessages = { 'vscode-jsonrpc': join(root, 'node_modules/vscode-jsonrpc/lib/common/messages.js') };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  // `pan` starts in milliseconds. A bundle is read and compiled as a whole (0.04 ms a kB), so what most runs do without
  // is in bundles of its own: everything for --version, the commands but status, and the parser of arguments.
  {
    ...thin,
    entryPoints: { pan: 'runner/cli/main.ts' },
    outdir: dist,
    banner: { js: '#!/usr/bin/env node' },
    plugins: [{ name: 'executable', setup: (built) => built.onEnd(makeExecutable) }],
  },
  {
    ...thin,
    entryPoints: { cli: 'runner/cli/runPan.ts' },
    outdir: dist,
    alias: rpcMessages,
    plugins: [{ name: 'apart', setup: (built) => built.onResolve({ filter: /^commander$|^\.\/commands\// }, apart) }],
  },
  { ...thin, stdin: allCommands(), outfile: join(dist, 'commands.js') },
  { ...thin, entryPoints: { commander: 'commander' }, outdir: dist },
  { ...node, entryPoints: { runner: 'runner/daemon/main.ts' }, outdir: dist },
  { ...node, entryPoints: { rehearsal: 'runner/core/runtimes/rehearsal/program/main.ts' }, outdir: dist },
  {
    ...node,
    entryPoints: { extension: 'extension/src/extension.ts' },
    outdir: dist,
    alias: rpcMessages,
    plugins: [vscodeApi(join(root, 'extension/src'))],
  },
  {
    ...common,
    entryPoints: webviewEntries(),
    outdir: join(dist, 'webview'),
    alias: rpcMessages,
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

/** @param {import('esbuild').OnResolveArgs} args */
function apart({ path }) {
  if (path === 'commander') return { path: './commander.js', external: true };
  return path === './commands/status.ts' ? undefined : { path: './commands.js', external: true };
}

/** @returns {import('esbuild').StdinOptions} a module that exports every command */
function allCommands() {
  const resolveDir = join(root, 'runner/cli/commands');
  const files = readdirSync(resolveDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return { contents: files.map((name) => `export * from './${name}';`).join('\n'), resolveDir, loader: 'ts' };
}

function makeExecutable() {
  const file = join(dist, 'pan.js');
  if (existsSync(file)) chmodSync(file, 0o755);
}

if (values.watch) {
  const contexts = await Promise.all(bundles.map((options) => context({ ...options, logLevel: 'info' })));
  await Promise.all(contexts.map((watched) => watched.watch()));
} else {
  const results = await Promise.allSettled(bundles.map((options) => build(options)));
  // esbuild has said on stderr what is wrong.
  if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;
}
