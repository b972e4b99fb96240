import { UserError, type UserErrorData } from '../../../runner/protocol/errors.ts';
import type { AgentId, IssueId } from '../../../runner/protocol/issueId.ts';
import type { ToPanel, ToView } from '../../../runner/protocol/panelMessages.ts';
import type { DidChangeParams } from '../../../runner/protocol/requests.ts';
import { messageOf } from '../messageOf.ts';
import { GivenParams, isRecord } from './givenParams.ts';

/** Answers what a view asks, whatever it sends. `onBug` hears of failures that no person can do something about. */
export async function relayRequest(
  message: Extract<ToPanel, { kind: 'request' }>,
  call: (method: string, given: GivenParams) => Promise<unknown>,
  onBug: (error: unknown) => void,
): Promise<ToView> {
  const { id, method, params } = message;
  try {
    return { kind: 'answer', id, result: await call(method, new GivenParams(params)) };
  } catch (error) {
    if (!(error instanceof UserError)) onBug(error);
    return { kind: 'answer', id, error: error instanceof UserError ? error.toData() : bug(error) };
  }
}

/** A message of a view; undefined for anything else. */
export function readToPanel(data: unknown): ToPanel | undefined {
  if (!isRecord(data)) return undefined;
  if (data['kind'] === 'ready') return { kind: 'ready' };
  const { kind, id, method, params } = data;
  if (kind !== 'request' || typeof id !== 'number' || typeof method !== 'string') return undefined;
  return { kind, id, method, params };
}

const agentScopes: ReadonlySet<DidChangeParams['scope']> = new Set([
  'agents',
  'transcripts',
  'workspaces',
  'hooks',
  'mail',
]);

/** Whether what went stale concerns the view of this agent. */
export function concernsAgent({ scope, ids }: DidChangeParams, agent: { agentId: AgentId; issueId: IssueId }): boolean {
  if (!agentScopes.has(scope)) return false;
  return ids.length === 0 || ids.includes(agent.agentId) || ids.includes(agent.issueId);
}

function bug(error: unknown): UserErrorData {
  return {
    code: 'bug',
    kind: 'user',
    message: `This is a bug in Panopticon: ${messageOf(error)}`,
    hint: 'The log of Panopticon says more.',
  };
}
