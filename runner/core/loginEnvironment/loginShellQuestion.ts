import path from 'node:path';

/** How to have a login shell tell its environment. */
export interface LoginShellQuestion {
  shell: string;
  /** Ways to ask, the best first: what follows `shell` on its command line. */
  argvs: readonly (readonly string[])[];
  /** What its process is called; csh is a login shell by that. */
  argv0: string;
  /** What it needs in its environment to answer. */
  env: Readonly<Record<string, string>>;
  /** Stands before and after the answer. */
  mark: string;
}

/** Shells that take `-l`, `-i` and `-c` one by one, and the command below: bash, zsh, dash, ash, ksh, mksh, fish. */
const posixLike = new Set(['sh', 'bash', 'zsh', 'dash', 'ash', 'ksh', 'ksh93', 'mksh', 'fish']);
/** `-l` beside other options is an unknown option to tcsh 6.24. */
const cLike = new Set(['csh', 'tcsh']);

/**
 * The words are the same for all of these shells, fish and csh included. Text of ours comes by variables, so that nothing
 * has to be quoted. `exec` keeps what the user does at logout from being run.
 */
const command = 'exec "$PAN_PRINT_WITH" -e "$PAN_PRINT"';

/**
 * `mark` is random letters and digits; `node` is a Node or an Electron. Interactive, because people set variables in
 * `.bashrc` and `.zshrc`, too. Without that in a second try: files for people may start a program in place of the shell.
 *
 * Undefined for a shell that is not known.
 */
export function loginShellQuestion(shell: string, node: string, mark: string): LoginShellQuestion | undefined {
  const name = path.basename(shell);
  const options = optionsOf(name);
  if (options === undefined || !path.isAbsolute(shell)) return undefined;
  return {
    shell,
    argvs: options.map((each) => [...each, '-c', command]),
    argv0: cLike.has(name) ? `-${name}` : name,
    env: {
      PANOPTICON_RESOLVING_ENVIRONMENT: '1',
      ELECTRON_RUN_AS_NODE: '1',
      PAN_PRINT_WITH: node,
      PAN_PRINT: printBetween(mark),
    },
    mark,
  };
}

/** The mark is put together in it, so that it is not found in the environment, of which this text is a part. */
function printBetween(mark: string): string {
  const half = Math.ceil(mark.length / 2);
  const parts = `"${mark.slice(0, half)}" + "${mark.slice(half)}"`;
  return `process.stdout.write(${parts} + JSON.stringify(process.env) + ${parts})`;
}

function optionsOf(name: string): string[][] | undefined {
  if (posixLike.has(name)) return [['-i', '-l'], ['-l']];
  return cLike.has(name) ? [['-i'], []] : undefined;
}
