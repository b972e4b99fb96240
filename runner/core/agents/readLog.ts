import { UserError } from '../../protocol/errors.ts';
import type { AgentLog } from '../../protocol/requests.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { readRegular } from '../files/readRegular.ts';
import type { RunnerPaths } from '../paths.ts';
import { stripControls } from '../text/sanitize.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import type { StoredAgent } from './agentStore.ts';

/** Largest kept screen that is shown, in bytes: far more than tmux keeps of one. */
const maxBytes = 64 * 1024 * 1024;

/** What the agent's terminal shows, or showed when it ended. */
export async function readLog(
  agent: StoredAgent,
  hasTerminal: boolean,
  lines: number,
  deps: { tmux: TmuxServer; paths: RunnerPaths },
): Promise<AgentLog> {
  if (hasTerminal)
    return { text: stripControls(await deps.tmux.capture(agent.id, lines), { keepLines: true }), source: 'screen' };
  try {
    const kept = await readRegular(deps.paths.agent(agent.id).screen, { maxBytes });
    return { text: stripControls(kept.split('\n').slice(-lines).join('\n'), { keepLines: true }), source: 'kept' };
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  throw new UserError({
    code: 'noLog',
    message: `${agent.issueId} has no terminal, and nothing was kept of one.`,
    hint: `Ask what is known of it: pan work why ${agent.issueId}`,
  });
}
