import type { Stage } from '../stage.ts';
import { runProgram } from './runProgram.ts';
import { refusedByPlanMode, useTool } from './useTool.ts';

const FALLBACK_IDENTITY = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost'];

/** Commits whatever changed in the workspace, without an editor or a signature. Throws with git's words when git refuses. */
export async function commitChanges(message: string, stage: Stage): Promise<void> {
  if (refusedByPlanMode('commit', stage)) return;
  await useTool('Bash', { command: 'git commit' }, stage, async () => {
    await git(['add', '--all'], stage);
    if (!(await hasStagedChanges(stage))) {
      stage.note('nothing to commit');
      return;
    }
    const identity = (await hasIdentity(stage)) ? [] : FALLBACK_IDENTITY;
    // The message goes through stdin: it may be large, and nothing in it can be taken for an option.
    await git([...identity, 'commit', '--quiet', '--no-gpg-sign', '--cleanup=whitespace', '--file=-'], stage, message);
    stage.note(`committed: ${message}`);
  });
}

async function hasStagedChanges(stage: Stage): Promise<boolean> {
  const { code } = await run(['diff', '--cached', '--quiet'], stage);
  return code !== 0;
}

async function hasIdentity(stage: Stage): Promise<boolean> {
  for (const variable of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    // useConfigOnly: git must not make an identity up from the host's name.
    const { code } = await run(['-c', 'user.useConfigOnly=true', 'var', variable], stage);
    if (code !== 0) return false;
  }
  return true;
}

async function git(args: readonly string[], stage: Stage, input?: string): Promise<void> {
  const { code, output } = await run(args, stage, input);
  if (code !== 0) throw new Error(output.trim() || `git ${args[0]} ended with code ${code}`);
}

function run(args: readonly string[], stage: Stage, input = '') {
  return runProgram(['git', ...args], { cwd: stage.cwd, input, signal: stage.signal });
}
