/**
 * What setup decides, as pure functions; .ci/setup.mjs acts on it.
 *
 * @typedef {{ argv: string[], what: string }} Command
 * @typedef {object} NodeModulesFacts
 * @property {string} lockHash SHA-256 of package-lock.json
 * @property {string | null} stampHash the hash noted at the last installation
 * @property {number} lockMtimeMs
 * @property {number | null} installedMtimeMs of node_modules/.package-lock.json, null when there is none
 * @property {number | null} stampMtimeMs
 *
 * @typedef {object} ToolFacts
 * @property {string[]} missing names of missing tools
 * @property {string[]} managers package managers on the PATH
 * @property {boolean} isRoot
 * @property {boolean} canSudo sudo works without asking for a password
 * @property {boolean} isMac
 *
 * @typedef {object} ToolPlan
 * @property {Command | null} install what setup may run by itself
 * @property {Command | null} refresh what to run first when the manager's package lists are missing or outdated
 * @property {string} typed what a person can type instead
 */

/** Tools that build and tests cannot do without. */
export const neededTools = ['git', 'tmux'];

/**
 * Packages whose program has another name, or several.
 *
 * @type {Record<string, string[]>}
 */
export const programsOf = { chromium: ['chromium', 'chromium-browser', 'google-chrome'], ripgrep: ['rg'] };

/** npm's registry and apt mirrors fail for seconds, not for minutes. */
export const attempts = 3;

/**
 * @param {number} attempt 1 for the pause after the first failure
 * @returns {number} milliseconds
 */
export function backoffMs(attempt) {
  return 1_000 * 3 ** attempt;
}

/**
 * @param {NodeJS.Platform} platform
 * @returns {string | null} one sentence when Panopticon cannot run here
 */
export function platformProblem(platform) {
  if (platform !== 'win32') return null;
  return 'Panopticon needs tmux, which native Windows does not have: install WSL2 (wsl --install) and clone the repository there.';
}

/**
 * @param {string} version such as `20.19.0`
 * @param {string} range package.json's `engines.node`, such as `>=20.19`
 * @returns {string | null} one sentence when this Node is too old
 */
export function nodeProblem(version, range) {
  const wanted = range.replace('>=', '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return null;
  return `Node ${version} is too old: Panopticon needs Node ${wanted} or newer (https://nodejs.org).`;
}

/**
 * `note`: the packages are right, but no stamp says so yet. File times alone would reinstall after every checkout,
 * since git gives files it writes the present time.
 *
 * @param {NodeModulesFacts} facts
 * @returns {'install' | 'note' | 'nothing'}
 */
export function nodeModulesPlan(facts) {
  if (facts.installedMtimeMs === null) return 'install';
  if (facts.stampHash === facts.lockHash) return 'nothing';
  const installedByHand = facts.stampMtimeMs === null || facts.installedMtimeMs > facts.stampMtimeMs;
  return installedByHand && facts.installedMtimeMs >= facts.lockMtimeMs ? 'note' : 'install';
}

/**
 * @param {ToolFacts} facts
 * @returns {ToolPlan}
 */
export function toolPlan(facts) {
  const { missing, isRoot } = facts;
  const names = missing.join(' and ');
  const mayInstall = isRoot || facts.canSudo;
  const manager = (facts.isMac ? ['brew'] : ['apt-get', 'dnf', 'brew']).find((name) => facts.managers.includes(name));
  /** @type {(...argv: string[]) => string[]} */
  const asRoot = (...argv) => (isRoot ? argv : ['sudo', '-n', ...argv]);
  const sudo = isRoot ? '' : 'sudo ';

  switch (manager) {
    case 'apt-get': {
      const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
      const install = asRoot(...quiet, 'install', '-y', '--no-install-recommends', ...missing);
      return {
        install: mayInstall ? { argv: install, what: `Installing ${names} with apt-get` } : null,
        refresh: mayInstall ? { argv: asRoot(...quiet, 'update'), what: 'Reading the package lists of apt-get' } : null,
        typed: `${sudo}apt-get update && ${sudo}apt-get install -y ${missing.join(' ')}`,
      };
    }
    case 'dnf': {
      const install = asRoot('dnf', 'install', '-y', ...missing);
      return {
        install: mayInstall ? { argv: install, what: `Installing ${names} with dnf` } : null,
        refresh: null,
        typed: `${sudo}dnf install -y ${missing.join(' ')}`,
      };
    }
    case 'brew': {
      // Homebrew refuses to run as root.
      const install = { argv: ['brew', 'install', ...missing], what: `Installing ${names} with brew` };
      return { install: isRoot ? null : install, refresh: null, typed: `brew install ${missing.join(' ')}` };
    }
    default: {
      const typed = facts.isMac
        ? `/bin/bash -c "$(curl -fsSL https://raw.githubusercontent.com/Homebrew/install/HEAD/install.sh)" && brew install ${missing.join(' ')}`
        : `install ${names} with this system's package manager`;
      return { install: null, refresh: null, typed };
    }
  }
}
