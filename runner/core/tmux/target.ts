/**
 * tmux resolves a bare name by prefix: `kill-session -t agent-min-1` hits `agent-min-12` when `agent-min-1` is gone.
 * `=name` is exact for commands that take a session, `=name:` for those that take a pane, where `=name` is not found
 * at all (3.3a). These two make every target.
 */
export function sessionTarget(name: string): string {
  return `=${sessionName(name)}`;
}

export function paneTarget(name: string): string {
  return `=${sessionName(name)}:`;
}

/** tmux itself would replace `:` and `.`, and read `$1`, `@1`, `%1` as numbers of its own. */
export function sessionName(name: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(name)) throw new Error(`not a session name: ${JSON.stringify(name)}`);
  return name;
}
