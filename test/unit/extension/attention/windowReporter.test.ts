import assert from 'node:assert/strict';
import { WindowReporter } from '../../../../extension/src/attention/windowReporter.ts';
import type { WindowState } from '../../../../runner/protocol/attention.ts';
import type { RunnerApi } from '../../../../runner/protocol/runnerApi.ts';
import { aWindow } from '../../attention/models.ts';

describe('what a window says of itself', () => {
  let said: WindowState[];
  let state: WindowState;
  let runner: { attention: Pick<RunnerApi['attention'], 'window'> } | undefined;
  let warnings: string[];
  let reporter: WindowReporter;

  beforeEach(() => {
    said = [];
    warnings = [];
    state = aWindow();
    runner = connection();
    reporter = new WindowReporter({
      runner: { connected: () => runner },
      read: () => state,
      log: { warn: (message) => void warnings.push(message) },
    });
  });

  function connection(refusal?: Error): { attention: Pick<RunnerApi['attention'], 'window'> } {
    return {
      attention: {
        window: async (given) => {
          if (refusal !== undefined) throw refusal;
          said.push(given);
          return null;
        },
      },
    };
  }

  it('is said once for as long as nothing changes', () => {
    reporter.report();
    reporter.report();
    state = aWindow({ focused: false });
    reporter.report();
    assert.deepEqual(said, [aWindow(), aWindow({ focused: false })]);
  });

  it('is said again to every runner that was connected to', () => {
    reporter.report();
    runner = undefined;
    reporter.report();
    runner = connection();
    reporter.report();
    assert.deepEqual(said, [aWindow(), aWindow()]);
  });

  it('may be lost with the connection', async () => {
    runner = connection(new Error('The runner ended'));
    reporter.report();
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual(warnings, ['The runner was not told how this window is: Error: The runner ended']);
  });
});
