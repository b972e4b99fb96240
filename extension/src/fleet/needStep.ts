import type { Agent } from '../../../runner/protocol/models.ts';
import { logins } from '../setup/logins.ts';

/** `attach`: only its terminal knows what it waits for, or how to log in. */
export type NeedStep = 'answer' | 'attach' | 'login' | 'why';

/** What a person does for an agent that needs one. */
export function needStep(agent: Pick<Agent, 'ask' | 'parked' | 'pid' | 'runtime' | 'status'>): NeedStep {
  const { ask, parked, pid, runtime, status } = agent;
  if (ask !== null) return 'answer';
  if (status === 'parked' && parked?.cause === 'login' && runtime in logins) return 'login';
  return pid !== null && (status === 'waiting' || status === 'parked') ? 'attach' : 'why';
}
