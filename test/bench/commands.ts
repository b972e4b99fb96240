import { execFileSync } from 'node:child_process';
import { panProgram } from '../support/pan.ts';
import { gitEnvironment } from '../support/repository.ts';
import type { RunnerHome } from '../support/runnerHome.ts';

/** What everything is held against: starting Node and ending it. */
export function runNode(home: RunnerHome): void {
  run(home, process.execPath, ['-e', '0']);
}

/** Runs the built `pan` as a shell would, and returns what it prints. @throws Error when it does not end with 0. */
export function runPan(home: RunnerHome, args: readonly string[]): string {
  return run(home, process.execPath, [panProgram, ...args]);
}

/**
 * Runs a program in the environment of whoever started the bench, apart from the home: what makes their Node start
 * slower (NODE_EXTRA_CA_CERTS takes 30 ms) is part of both sides of a comparison.
 *
 * @throws Error with what the program said when it does not end with 0.
 */
export function run(home: RunnerHome, program: string, args: readonly string[]): string {
  const { NODE_OPTIONS: _, ...own } = gitEnvironment(home.userHome);
  const env = { ...own, ...home.env, PANOPTICON_HOME: home.home };
  return execFileSync(program, args, { cwd: home.repository.path, env, encoding: 'utf8', stdio: 'pipe' });
}
