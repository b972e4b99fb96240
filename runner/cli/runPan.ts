import { processHost } from './processHost.ts';
import { runCli } from './runCli.ts';

/**
 * Runs `pan` in this process and ends it with the command's exit code. `distFolder` is where dist/runner.js lies.
 */
export async function runPan(argv: readonly string[], version: string, distFolder: string): Promise<never> {
  process.exit(await runCli(argv, processHost(version, distFolder)));
}
