import { isAlive } from '../platform/isAlive.ts';
import type { Platform } from '../platform/platform.ts';
import type { AgentStore } from './agentStore.ts';

/** The agent in whose process tree `pid` is, if any. */
export async function agentAround(pid: number, platform: Platform, store: AgentStore): Promise<string | undefined> {
  const around = new Set([pid, ...(await platform.ancestorsOf(pid))]);
  const launchId = await platform.variableOf(pid, 'PAN_LAUNCH_ID');
  for (const agent of await store.list()) {
    if (agent.kind !== 'ok') continue;
    // It may have left the process tree; it still has the mark of its launch.
    if (agent.state.launchId === launchId) return agent.id;
    const { leader } = agent.state;
    if (leader === null || !around.has(leader.pid)) continue;
    // The pid of a leader that has ended may be that of a person's shell now.
    if (await isAlive(leader, platform)) return agent.id;
  }
  return undefined;
}
