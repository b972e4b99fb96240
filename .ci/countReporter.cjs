const { appendFileSync } = require('node:fs');
const mocha = require('mocha');

/**
 * Mocha's `spec` report, and when PAN_TEST_COUNTS names a file, one line `{"passed":N,"failed":N,"notes":[...]}` in it:
 * the notes name the tests that failed, and those that passed only when they were tried again. A pending test is a
 * failure: what is skipped is not tested.
 */
module.exports = class CountReporter extends mocha.reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.once(mocha.Runner.constants.EVENT_RUN_END, endInAnyCase);
    const file = process.env.PAN_TEST_COUNTS;
    if (file === undefined) return;
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_TEST_RETRY, EVENT_RUN_END } =
      mocha.Runner.constants;
    let passed = 0;
    let failed = 0;
    /** @type {string[]} */
    const notes = [];
    runner.on(EVENT_TEST_PASS, () => {
      passed += 1;
    });
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      failed += 1;
      notes.push(`failed: ${test.fullTitle()}: ${inShort(error)}`);
    });
    runner.on(EVENT_TEST_PENDING, (test) => {
      failed += 1;
      notes.push(`skipped: ${test.fullTitle()}`);
    });
    runner.on(EVENT_TEST_RETRY, (test, error) => {
      notes.push(`tried again: ${test.fullTitle()}: ${inShort(error)}`);
    });
    runner.on(EVENT_RUN_END, () => appendFileSync(file, `${JSON.stringify({ passed, failed, notes })}\n`));
  }
};

/** What a test left open keeps mocha alive: a run that is over and does not end says what it is, and fails. */
function endInAnyCase() {
  const end = () => {
    process.stderr.write(`Still open after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`);
    process.exit(1);
  };
  setTimeout(end, 30_000).unref();
}

/**
 * What it says first, what it waited for (Playwright), and the line of the test. Errors of another process come as plain
 * objects.
 * @param {{ message?: string, stack?: string }} error
 */
function inShort(error) {
  const lines = String(error.stack ?? error.message ?? error).split('\n');
  const waited = lines.find((line) => line.includes('- waiting for'));
  const at = lines.find((line) => /\.test\.ts:\d+/.test(line));
  const said = String(error.message ?? error).split('\n')[0];
  return [said, waited, at].flatMap((line) => (line === undefined ? [] : line.trim())).join(' ');
}
