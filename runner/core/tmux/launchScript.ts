import path from 'node:path';
import { quoteForSh } from '../text/quoteForSh.ts';

export interface Launch {
  /** Absolute; the tool starts there. */
  cwd: string;
  /** Added to the environment of the tmux server, or instead of it. */
  env: Readonly<Record<string, string>>;
  /**
   * `env` is all that the tool gets: of what is inherited only stays what describes the terminal (`terminalVariables`)
   * and what shells set by themselves. Variables whose names no shell can express stay where `sh` is bash.
   */
  isWholeEnv?: boolean | undefined;
  /** The tool and its arguments. */
  argv: readonly [string, ...string[]];
  /** Absolute; gets the ExitRecord as JSON. */
  exitFile: string;
  /** A ULID, new for every launch; the tool and all it starts have it as PAN_LAUNCH_ID. */
  launchId: string;
  /** A file for the tool's standard input, instead of the terminal. */
  stdinFrom?: string | undefined;
}

/** What a launch script leaves behind when its tool has ended; 128 and more is 128 plus the number of a signal. */
export interface ExitRecord {
  launchId: string;
  exitCode: number;
  /** ISO 8601, UTC, to the second. */
  at: string;
}

/** Variables of tmux and of its server's start, which are not the tool's business. */
const hiddenFromTool = ['TMUX', 'TMUX_PANE', 'PAN_TMUX_SPOOL'];

/** What tmux and the terminal say of themselves to the programs in it. */
const terminalVariables = ['TERM', 'COLORTERM', 'TERM_PROGRAM', 'TERM_PROGRAM_VERSION'];

/** What a shell says of itself to programs, right for the one that says it. */
const setByShells = ['PWD', 'OLDPWD', 'SHLVL', '_'];

/** Names that a shell keeps for itself: assigning to them ends bash (read-only) or dash (OPTIND must be a number). */
const keptByShells = ['UID', 'EUID', 'PPID', 'BASHOPTS', 'SHELLOPTS', 'BASH_VERSINFO', 'OPTIND'];

/** Whether an environment that was found somewhere may be given to an agent with this name in it. */
export function isForAgents(name: string): boolean {
  return isVariableName(name) && ![...keptByShells, ...setByShells, ...terminalVariables].includes(name);
}

/**
 * The text of the script that leads an agent's terminal. It runs the tool as its child, waits, and records the exit:
 * tmux continues a pane's leader that stops, so that only a child can be paused, and the leader's session holds the
 * tree together. It survives the signals that the tool gets as well (Ctrl-C, the end of the tree), in whose subshell
 * they have their default action again, because traps that run a command do not pass into subshells. Not so a hang-up:
 * the kernel tells only the leader, and the tool when the leader ends. What belongs to the tool (folder, variables) is
 * set in its subshell only, what belongs to the record (umask) in another one.
 *
 * For dash, bash 3.2 (macOS) and busybox: POSIX only.
 *
 * @throws Error for what cannot be expressed: relative paths, a name that is no variable, a NUL.
 */
export function launchScript(launch: Launch): string {
  const [tool] = launch.argv;
  if (tool === '' || tool.startsWith('-')) throw new Error(`not a program: ${JSON.stringify(tool)}`);
  if (!/^\w{10,}$/.test(launch.launchId)) throw new Error(`not a launch id: ${JSON.stringify(launch.launchId)}`);
  for (const file of [launch.cwd, launch.exitFile, launch.stdinFrom ?? '/']) {
    if (!path.isAbsolute(file)) throw new Error(`not an absolute path: ${JSON.stringify(file)}`);
  }
  const exports = Object.entries(launch.env).map(
    ([name, value]) => `  export ${variableName(name)}=${quoteForSh(value)}`,
  );
  const stdin = launch.stdinFrom === undefined ? '' : ` <${quoteForSh(launch.stdinFrom)}`;
  const temporary = quoteForSh(`${launch.exitFile}.${launch.launchId}.tmp`);
  return `${[
    '#!/bin/sh',
    "trap ':' INT QUIT TERM",
    '(',
    `  cd ${quoteForSh(launch.cwd)} || { echo 'Panopticon: the folder of this agent cannot be entered.' >&2; exit 127; }`,
    ...(launch.isWholeEnv === true ? [unsetInherited] : [`  unset ${hiddenFromTool.join(' ')}`]),
    ...exports,
    `  export PAN_LAUNCH_ID=${launch.launchId}`,
    `  exec ${launch.argv.map(quoteForSh).join(' ')}${stdin}`,
    ')',
    'code=$?',
    '(',
    '  umask 077',
    `  printf '{"launchId":"${launch.launchId}","exitCode":%d,"at":"%s"}\\n' "$code" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >${temporary} &&`,
    `    mv -f ${temporary} ${quoteForSh(launch.exitFile)}`,
    ')',
    'exit "$code"',
  ].join('\n')}\n`;
}

/**
 * Unsets every exported variable but those above, without a program. `export -p` gives lines `export NAME='value'` or
 * `declare -x NAME="value"` (bash without --posix). Lines within a value may look like that, too, which does no harm:
 * whatever they name is to be unset as well. `command` keeps a name that cannot be unset from ending the script. Under
 * LC_ALL=C ranges mean ASCII. Exported functions of bash are not in the list of `export -p`.
 */
const unsetInherited = `
  set -f
  LC_ALL=C
  IFS='
'
  for pan_name in $(export -p); do
    case $pan_name in
      'export '*) pan_name=\${pan_name#export } ;;
      'declare -'*' '* | 'typeset -'*' '*) pan_name=\${pan_name#* -* } ;;
      *) continue ;;
    esac
    pan_name=\${pan_name%%=*}
    case $pan_name in
      LC_ALL | IFS | pan_name | ${[...terminalVariables, ...setByShells, ...keptByShells].join(' | ')}) ;;
      '' | [0-9]* | *[!A-Za-z0-9_]*) ;;
      *) command unset "$pan_name" ;;
    esac
  done
  [ -z "\${BASH_VERSION-}" ] || for pan_name in $(compgen -A function); do unset -f "$pan_name"; done
  unset LC_ALL IFS pan_name
  set +f
`;

function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

function variableName(name: string): string {
  if (!isVariableName(name)) throw new Error(`not the name of a variable: ${JSON.stringify(name)}`);
  if (keptByShells.includes(name)) throw new Error(`shells keep ${name} for themselves: it cannot be set for an agent`);
  return name;
}
