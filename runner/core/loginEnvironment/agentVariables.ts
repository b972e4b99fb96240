import path from 'node:path';
import { scrubEnvironment } from '../environment.ts';
import { isForAgents } from '../tmux/launchScript.ts';

type Variables = Readonly<Record<string, string>>;

/** Set while a login shell is asked, and by shells for the folder that it was asked in. */
const ofTheQuestion = new Set(['PANOPTICON_RESOLVING_ENVIRONMENT']);

/**
 * What agents get of a login shell's environment, or without one of the runner's own: nothing that describes a terminal,
 * a shell or another program's session. The shell's PATH goes first; folders that only the runner has follow.
 */
export function agentVariables(own: Variables, login: Variables | undefined): Record<string, string> {
  const source = login ?? own;
  const kept = Object.entries(scrubEnvironment(source)).filter(
    ([name]) => isForAgents(name) && !ofTheQuestion.has(name),
  );
  const searchPath = mergePaths(source['PATH'], own['PATH']);
  return { ...Object.fromEntries(kept), ...(searchPath === '' ? {} : { PATH: searchPath }) };
}

/** Empty entries mean the working folder, which no agent's PATH should. */
function mergePaths(...searchPaths: (string | undefined)[]): string {
  const folders = searchPaths.flatMap((searchPath) => (searchPath ?? '').split(path.delimiter));
  return [...new Set(folders.filter((folder) => folder !== ''))].join(path.delimiter);
}
