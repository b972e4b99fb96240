import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Stage } from '../stage.ts';
import { type ProgramResult, runProgram } from './runProgram.ts';
import { refusedByPlanMode, useTool } from './useTool.ts';

interface RunOptions {
  /** Starts it and leaves it running. */
  readonly background: boolean;
  /** In the background: in a session of its own (setsid). */
  readonly detach: boolean;
}

const SHOWN_LINES = 10;

/** Runs a program in the workspace, to its end or in the background. Throws when it cannot be started. */
export async function runCommand(argv: readonly string[], options: RunOptions, stage: Stage): Promise<void> {
  const command = argv.join(' ');
  if (refusedByPlanMode(`run ${command}`, stage)) return;
  const input = options.background ? { command, run_in_background: true } : { command };
  await useTool('Bash', input, stage, async () => {
    stage.note(`$ ${command}`);
    if (options.background) {
      stage.note(`runs in the background, pid ${await startInBackground(argv, options.detach, stage.cwd)}`);
    } else {
      stage.note(describeResult(await runProgram(argv, { cwd: stage.cwd, signal: stage.signal })));
    }
  });
}

async function startInBackground(argv: readonly string[], detach: boolean, cwd: string): Promise<number | undefined> {
  const [command = '', ...args] = argv;
  const child = spawn(command, args, { cwd, detached: detach, stdio: 'ignore' });
  await once(child, 'spawn');
  child.unref();
  return child.pid;
}

function describeResult({ code, signal, output }: ProgramResult): string {
  const lines = output.trimEnd().split('\n').slice(-SHOWN_LINES);
  const end = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  return [...lines.filter((line) => line !== '').map((line) => `  ${line}`), `  ${end}`].join('\n');
}
