const { appendFileSync } = require('node:fs');
const mocha = require('mocha');

/**
 * Mocha's `spec` report, and when PAN_TEST_COUNTS names a file, one line `{"passed":N,"failed":N}` in it. A pending
 * test is a failure: what is skipped is not tested.
 */
module.exports = class CountReporter extends mocha.reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.PAN_TEST_COUNTS;
    if (file === undefined) return;
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING, EVENT_RUN_END } = mocha.Runner.constants;
    let passed = 0;
    let failed = 0;
    runner.on(EVENT_TEST_PASS, () => {
      passed += 1;
    });
    runner.on(EVENT_TEST_FAIL, () => {
      failed += 1;
    });
    runner.on(EVENT_TEST_PENDING, () => {
      failed += 1;
    });
    runner.on(EVENT_RUN_END, () => appendFileSync(file, `${JSON.stringify({ passed, failed })}\n`));
  }
};
