import type { Environment, OfflineRunner } from './host.ts';

/**
 * The runner in this process, for what has to work when no daemon can start. `distFolder` is where dist/runner.js
 * lies, which is loaded only for this.
 */
export function openOffline(distFolder: string, env: Environment): OfflineRunner {
  const runner = require(`${distFolder}/runner.js`) as { openOffline(env: Environment): OfflineRunner };
  return runner.openOffline(env);
}
