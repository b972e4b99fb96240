/** What tmux knows about an agent's terminal. */
export interface Pane {
  session: string;
  /** The leader of the pane: the launch script. */
  pid: number;
  dead: boolean;
  /** Both null while the pane lives, and for an instant after its death. */
  exitStatus: number | null;
  signal: number | null;
  /** Whether somebody looks at the terminal. */
  attached: boolean;
  /** What the program set as title; its own words. */
  title: string;
}

/**
 * The one format of list-panes; the title comes last because it may hold anything but a line break. Names of programs may
 * hold even those, and are not asked for.
 */
export const paneFormat =
  '#{session_name} #{session_attached} #{pane_pid} #{pane_dead} #{pane_dead_status}/#{pane_dead_signal} #{pane_title}';

const panePattern = /^(\S+) (\d+) (\d+) ([01]) (\d*)\/(\d*) (.*)$/;

/** Reads lines of `paneFormat`. Of a session with several panes the first one counts: the one it was started with. */
export function parsePanes(lines: readonly string[]): Pane[] {
  const panes = new Map</* session */ string, Pane>();
  for (const line of lines) {
    const match = panePattern.exec(line);
    if (match === null) continue;
    const [, session = '', attached, pid, dead, exitStatus, signal, title = ''] = match;
    if (panes.has(session)) continue;
    panes.set(session, {
      session,
      pid: Number(pid),
      dead: dead === '1',
      exitStatus: numberOrNull(exitStatus),
      signal: numberOrNull(signal),
      attached: attached !== '0',
      title,
    });
  }
  return [...panes.values()];
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}
