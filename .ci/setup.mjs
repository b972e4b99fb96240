#!/usr/bin/env node
/**
 * Makes a fresh clone ready: node_modules, git, tmux. Says nothing when there is nothing to do.
 * It runs before anything is installed, so it imports Node's own modules only, in syntax that old Nodes can parse.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  attempts,
  backoffMs,
  neededTools,
  nodeModulesPlan,
  nodeProblem,
  platformProblem,
  programsOf,
  toolPlan,
} from './setupPlan.mjs';

/**
 * The world as setup sees it; tests hand in another one.
 *
 * @typedef {object} World
 * @property {string} root the repository
 * @property {NodeJS.Platform} platform
 * @property {string} arch of the processor, as Node names it
 * @property {string} nodeVersion
 * @property {boolean} isRoot
 * @property {(name: string) => string | null} find a program on the PATH
 * @property {(argv: string[]) => { ok: boolean, output: string }} run
 * @property {(ms: number) => Promise<void>} pause
 * @property {(line: string) => void} say
 */

/**
 * @param {World} world
 * @returns {Promise<number>} the exit code
 */
export async function setup(world) {
  const manifest = JSON.parse(readFileSync(join(world.root, 'package.json'), 'utf8'));
  const problem = platformProblem(world.platform) ?? nodeProblem(world.nodeVersion, manifest.engines.node);
  if (problem !== null) {
    world.say(problem);
    return 1;
  }
  return (await ensureTools(world, neededTools)) && (await ensureNodeModules(world)) ? 0 : 1;
}

/**
 * @param {World} world
 * @param {string[]} needed names of packages
 * @returns {Promise<boolean>} false when one is missing; it has been said then what to type
 */
export async function ensureTools(world, needed) {
  const missing = missingTools(world, needed);
  if (missing.length === 0) return true;
  const plan = toolPlan({
    missing,
    managers: ['apt-get', 'dnf', 'brew'].filter((name) => world.find(name) !== null),
    isRoot: world.isRoot,
    canSudo: !world.isRoot && world.find('sudo') !== null && world.run(['sudo', '-n', 'true']).ok,
    isMac: world.platform === 'darwin',
  });
  if (plan.install !== null) {
    const { install, refresh } = plan;
    await retry(world, install.what, (attempt) => {
      // Images ship without package lists, and lists of last month name files that are gone.
      if (refresh !== null && (attempt > 1 || !hasAptLists())) {
        const refreshed = world.run(refresh.argv);
        if (!refreshed.ok) return refreshed;
      }
      return world.run(install.argv);
    });
  }
  const still = missingTools(world, needed);
  if (still.length === 0) return true;
  world.say(`Panopticon needs ${still.join(' and ')}. Type: ${plan.typed}`);
  return false;
}

/**
 * @param {World} world
 * @param {string[]} needed
 */
function missingTools(world, needed) {
  return needed.filter((name) => {
    const path = (programsOf[name] ?? [name]).map(world.find).find((found) => found !== null);
    if (path === undefined) return true;
    // A Mac without the command line tools has a /usr/bin/git that only offers to install them.
    const isStub = world.platform === 'darwin' && name === 'git' && path === '/usr/bin/git';
    return isStub && !world.run(['xcode-select', '-p']).ok;
  });
}

function hasAptLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'));
  } catch {
    return false; // No folder means no lists.
  }
}

/** @param {World} world */
async function ensureNodeModules(world) {
  const lockFile = join(world.root, 'package-lock.json');
  const installedLock = join(world.root, 'node_modules', '.package-lock.json');
  const stampFile = join(world.root, 'node_modules', '.panopticon-setup');
  const lockHash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  const plan = nodeModulesPlan({
    lockHash,
    stampHash: readIfThere(stampFile),
    lockMtimeMs: mtimeMs(lockFile) ?? 0,
    installedMtimeMs: mtimeMs(installedLock),
    stampMtimeMs: mtimeMs(stampFile),
  });
  if (plan === 'nothing') return true;
  if (plan === 'install') {
    // No install script is needed: esbuild and biome bring their programs as packages of their own.
    const argv = ['npm', 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'];
    const installed = await retry(world, 'Installing packages with npm ci', () => world.run(argv));
    if (!installed) {
      world.say('The packages could not be installed. Check the network, then type: npm run setup');
      return false;
    }
  }
  writeFileSync(stampFile, lockHash);
  return true;
}

/**
 * @param {World} world
 * @param {string} what for people
 * @param {(attempt: number) => { ok: boolean, output: string }} act
 */
export async function retry(world, what, act) {
  world.say(`${what} ...`);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const result = act(attempt);
    if (result.ok) return true;
    world.say(result.output.trim());
    if (attempt < attempts) await world.pause(backoffMs(attempt));
  }
  return false;
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // Not there or not readable: either way nothing is known about it.
  }
}

/** @param {string} file */
function mtimeMs(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/**
 * @param {string} root
 * @returns {World}
 */
export function realWorld(root) {
  return {
    root,
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.versions.node,
    isRoot: process.getuid?.() === 0,
    find: (name) => findOnPath(name, process.env.PATH ?? ''),
    run: (argv) => {
      const [program = '', ...args] = argv;
      const result = spawnSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
      return { ok: result.status === 0, output };
    },
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    say: (line) => console.error(line),
  };
}

/**
 * @param {string} name
 * @param {string} path the PATH variable
 * @returns {string | null}
 */
function findOnPath(name, path) {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

const thisFile = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === thisFile) {
  process.exitCode = await setup(realWorld(dirname(dirname(thisFile))));
}
