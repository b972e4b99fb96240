export interface ServerFacts {
  /** Whether systemd runs this machine: /run/systemd/system exists. */
  systemd: boolean;
  /** XDG_RUNTIME_DIR: without it the user's own manager cannot be reached. */
  runtimeFolder: string | undefined;
}

/**
 * How a command that starts a long-lived server is to be run. Where systemd runs, in a scope of its own: what an editor
 * server or a login session started ends with it, unless it left its control group. That systemd-run is not there or
 * refuses shows when it is tried; then `plain` is next.
 */
export function serverCommand(plain: readonly string[], facts: ServerFacts): (readonly string[])[] {
  if (!facts.systemd || facts.runtimeFolder === undefined || facts.runtimeFolder === '') return [plain];
  return [['systemd-run', '--user', '--scope', '--quiet', '--collect', '--', ...plain], plain];
}
