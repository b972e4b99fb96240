/** What one `/proc/<pid>/stat` says (proc(5)). */
export interface ProcStat {
  pid: number;
  command: string;
  state: string;
  parentPid: number;
  sessionId: number;
  tty: string | null;
  /** Clock ticks between the boot and the start of the process. */
  startTicks: string;
}

/** The program's name may hold spaces and parentheses, but nothing after it does: hence the greedy match. */
const statPattern = /^(\d+) \((.*)\) (\S.*)$/s;

/** Reads `/proc/<pid>/stat`; undefined when the text is no such line. */
export function parseProcStat(text: string): ProcStat | undefined {
  const match = statPattern.exec(text.trimEnd());
  if (match === null) return undefined;
  const [, pid, command = '', rest = ''] = match;
  // Fields 3, 4, 6, 7 and 22 of proc(5); `rest` begins with field 3.
  const fields = rest.split(' ');
  const [state, parentPid, sessionId, ttyNumber, startTicks] = [fields[0], fields[1], fields[3], fields[4], fields[19]];
  if (state === undefined || startTicks === undefined) return undefined;
  return {
    pid: Number(pid),
    command,
    state,
    parentPid: Number(parentPid),
    sessionId: Number(sessionId),
    tty: ttyName(Number(ttyNumber)),
    startTicks,
  };
}

/** Minor number in bits 31-20 and 7-0, major in bits 19-8 (proc(5)); majors from Linux's devices.txt. */
function ttyName(number: number): string | null {
  if (number === 0) return null;
  const major = (number >> 8) & 0xfff;
  const minor = (number & 0xff) | ((number >>> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`;
  if (major === 4 && minor < 64) return `tty${minor}`;
  return `${major}:${minor}`;
}
