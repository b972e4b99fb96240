import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import { quoteForSh } from '../text/quoteForSh.ts';
import { hookScript } from './hookScript.ts';

/**
 * The stable command that agents and their hooks call. It outlives the version that wrote it: when that version's
 * files or its Node are gone, it says so in one line instead of failing in an agent's face. Rewritten at every start
 * of a daemon.
 */
export async function installPanCommand(
  paths: RunnerPaths,
  programs: { node: string; pan: string; electron: boolean },
): Promise<void> {
  await writeAtomic(paths.panCommand, panCommandScript(programs), 0o755);
}

export function panCommandScript({ node, pan, electron }: { node: string; pan: string; electron: boolean }): string {
  return `#!/bin/sh
# Written by the Panopticon runner; changes are overwritten.
${hookScript}pan=${quoteForSh(pan)}
node=${quoteForSh(node)}
if [ ! -f "$pan" ]; then
  echo "error: Panopticon is not where it was ($pan)." >&2
  echo "hint: Start it once from where it is now: pan up" >&2
  exit 1
fi
if [ -x "$node" ]; then
${electron ? '  ELECTRON_RUN_AS_NODE=1\n  export ELECTRON_RUN_AS_NODE\n' : ''}  exec "$node" "$pan" "$@"
fi
exec node "$pan" "$@"
`;
}
