import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Runs mocha inside the extension host, as the scripts of package.json run it elsewhere: a test that is skipped or
 * alone fails, PAN_TEST_COUNTS names a file for .ci/countReporter.cjs, MOCHA_OPTIONS may say `--retries N`.
 * PAN_TEST_GREP chooses tests.
 *
 * @param load defines the tests: it runs the bundled files
 * @throws Error when a test failed or none ran; VS Code then ends with exit code 1
 */
export async function runMocha(load: () => void): Promise<void> {
  const { PAN_TEST_COUNTS: countsFile, PAN_TEST_GREP: grep, MOCHA_OPTIONS = '' } = process.env;
  // Paths in test/support are relative to the repository, where mocha runs elsewhere.
  const root = path.dirname(__dirname);
  process.chdir(root);
  // Mocha is an ES module; not every VS Code can require one.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: countsFile === undefined ? 'spec' : createRequire(__filename)(path.join(root, '.ci/countReporter.cjs')),
    timeout: 60_000,
    forbidOnly: true,
    forbidPending: true,
    retries: Number(/--retries (\d+)/.exec(MOCHA_OPTIONS)?.[1] ?? 0),
    ...(grep !== undefined && { grep }),
  });
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, __filename, mocha);
  load();
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const passed = stats?.passes ?? 0;
  const failed = (stats?.failures ?? 0) + (stats?.pending ?? 0);
  // biome-ignore lint/suspicious/noConsole: the console is what VS Code passes on to the terminal.
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`Tests failed: ${failed}`);
  if (passed === 0) throw new Error('No test ran.');
}
