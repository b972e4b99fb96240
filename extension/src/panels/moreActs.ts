import type { Agent } from '../../../runner/protocol/models.ts';

/** What *More...* offers: nothing that the agent's state rules out. Undefined is an agent that is not known. */
export function moreActs(
  agent: Pick<Agent, 'pid' | 'sessionId' | 'status'> | undefined,
): { label: string; command: string }[] {
  const runs = agent !== undefined && agent.pid !== null;
  // One that is stuck is ended first, and goes on with its conversation.
  const resumes = agent !== undefined && agent.sessionId !== null && (!runs || agent.status === 'stuck');
  return [
    { label: '$(output) Show Transcript', command: 'panopticon.agent.log' },
    { label: '$(diff-multiple) Show Changes', command: 'panopticon.agent.diff' },
    ...(runs ? [{ label: '$(terminal) Attach Terminal', command: 'panopticon.agent.attach' }] : []),
    ...(resumes ? [{ label: '$(debug-restart) Resume Agent', command: 'panopticon.agent.resume' }] : []),
    ...(agent?.status === 'done' ? [] : [{ label: '$(check-all) Mark Done', command: 'panopticon.agent.done' }]),
    ...(runs ? [{ label: '$(debug-stop) Kill Agent', command: 'panopticon.agent.kill' }] : []),
  ];
}
