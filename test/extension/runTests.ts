import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { ensureVscodeHost } from '../../.ci/vscodeHost.mjs';
import { scrubEnvironment } from '../../runner/core/environment.ts';
import { RunnerHome } from '../support/runnerHome.ts';

/** What `engines.vscode` asks for at least. */
const oldestVersion = '1.100.3';

/**
 * Runs dist-tests/extension.js in a VS Code, with the extension of this folder and a runner's home of its own: the VS
 * Code that VSCODE_EXECUTABLE names, one that is downloaded where there is a display, or the one without a display.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { oldest: { type: 'boolean' }, grep: { type: 'string' } } });
  const edition = values.oldest ? 'oldest' : 'newest';
  const hasDisplay = process.platform === 'darwin' || isSet('DISPLAY') || isSet('WAYLAND_DISPLAY');
  const named = process.env['VSCODE_EXECUTABLE'];
  const isDownloaded = named === undefined && hasDisplay;
  if (named === undefined && !isDownloaded && !(await ensureVscodeHost(edition)))
    throw new Error('VS Code is missing.');
  const counts = process.env['PAN_TEST_COUNTS'];
  const home = new RunnerHome();
  keepScrubbed();
  try {
    await runTests({
      ...(isDownloaded
        ? { version: values.oldest ? oldestVersion : 'stable' }
        : { vscodeExecutablePath: path.resolve(named ?? 'test/host/codeShim.mjs') }),
      extensionDevelopmentPath: path.resolve('.'),
      extensionTestsPath: path.resolve('dist-tests/extension.js'),
      extensionTestsEnv: {
        ...home.env,
        ...(isDownloaded ? {} : { HOME: home.userHome, VSCODE_EDITION: edition }),
        PANOPTICON_HOME: home.home,
        PAN_TEST_FOLDER: home.folder,
        ...(counts !== undefined && { PAN_TEST_COUNTS: path.resolve(counts) }),
        ...(values.grep !== undefined && { PAN_TEST_GREP: values.grep }),
      },
      launchArgs: [home.repository.path, '--disable-extensions'],
    });
  } finally {
    await home.stop();
  }
}

function isSet(name: string): boolean {
  return (process.env[name] ?? '') !== '';
}

/** What VS Code is started with is this process's environment: npm's, tmux's and another editor's go. */
function keepScrubbed(): void {
  const kept = scrubEnvironment(process.env);
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
