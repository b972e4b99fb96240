import type { Environment } from './ports.ts';

/**
 * Variables of whoever started us that must not reach what we start: an editor's, a surrounding tmux's, another git
 * command's, another agent's. (A GIT_DIR left by a git hook makes every git command act on the wrong repository;
 * CLAUDECODE makes Claude Code think that it runs inside itself.)
 */
const scrubbed = [
  /^VSCODE_/,
  /^ELECTRON_/,
  /^GIT_(?!SSH|ASKPASS|AUTHOR_|COMMITTER_|CONFIG_GLOBAL$|CONFIG_SYSTEM$|CONFIG_NOSYSTEM$)/,
  /^CLAUDECODE$/,
  /^CLAUDE_CODE_(ENTRYPOINT|SESSION_ID|SSE_PORT)$/,
  /^TMUX/,
  /^STY$/,
  /^PAN_/,
  /^NODE_OPTIONS$/,
  /^npm_/,
  /^INIT_CWD$/,
];

/** The environment for the daemon and everything it starts. */
export function scrubEnvironment(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !scrubbed.some((pattern) => pattern.test(name))) kept[name] = value;
  }
  return kept;
}
