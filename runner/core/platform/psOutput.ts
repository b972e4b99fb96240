import type { ProcessFacts } from './platform.ts';

/** Columns for `parsePsList`, in its order. One -o a column: POSIX lets an empty header end the argument. */
export const psListColumns = ['pid=', 'ppid=', 'sess=', 'tty=', 'lstart=', 'stat=', 'comm='].flatMap((c) => ['-o', c]);
export const psStartColumns = ['lstart=', 'stat='].flatMap((column) => ['-o', column]);
export const psEnvironmentColumns = ['pid=', 'command='].flatMap((column) => ['-o', column]);

/** `Sat Nov 22 14:42:13 2025`, the day padded with a space or with a zero. */
const startPattern = '(\\S+ +\\S+ +\\S+ +\\d\\d:\\d\\d:\\d\\d +\\d{4})';
const listPattern = new RegExp(`^ *(\\d+) +(\\d+) +(\\S+) +(\\S+) +${startPattern} +(\\S+) +(.*)$`);
const startLinePattern = new RegExp(`^ *${startPattern} +(\\S+) *$`);

/**
 * Reads `ps -axo` with `psListColumns`, run with LC_ALL=C and TZ=UTC. macOS prints an address or 0 as session:
 * `bsd` takes no session id from it.
 */
export function parsePsList(text: string, flavour: 'bsd' | 'procps'): ProcessFacts[] {
  const facts: ProcessFacts[] = [];
  for (const line of text.split('\n')) {
    const match = listPattern.exec(line);
    if (match === null) continue;
    const [, pid, parentPid, session, tty = '', start = '', stat = '', command = ''] = match;
    if (stat.startsWith('Z')) continue;
    facts.push({
      pid: Number(pid),
      parentPid: Number(parentPid),
      sessionId: flavour === 'procps' ? Number(session) : 0,
      tty: /^[?-]/.test(tty) ? null : tty,
      startTime: oneSpaced(start),
      state: stat.slice(0, 1),
      command: command.trimEnd().split('/').at(-1) ?? '',
    });
  }
  return facts;
}

/** Reads `ps -p <pid>` with `psStartColumns`; undefined when the process is gone or a zombie. */
export function parsePsStart(text: string): string | undefined {
  const match = startLinePattern.exec(text.trimEnd());
  const [, start, stat] = match ?? [];
  return start === undefined || stat === undefined || stat.startsWith('Z') ? undefined : oneSpaced(start);
}

/**
 * Finds a variable in the `command` column of a ps that appends the environment: `sh -c x HOME=/Users/a PAN_X=1`.
 * Values end at the first space there; the last match wins, because arguments come before the environment.
 */
export function variableInPs(commandAndEnvironment: string, name: string): string | undefined {
  const words = commandAndEnvironment.trimEnd().split(' ');
  return words.findLast((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Reads `psEnvironmentColumns`: the pids whose environment holds the variable with exactly this value. */
export function parsePsVariable(text: string, name: string, value: string): number[] {
  const pids: number[] = [];
  for (const line of text.split('\n')) {
    const match = /^ *(\d+) (.*)$/.exec(line);
    if (match !== null && variableInPs(match[2] ?? '', name) === value) pids.push(Number(match[1]));
  }
  return pids;
}

function oneSpaced(text: string): string {
  return text.replaceAll(/ +/g, ' ');
}
