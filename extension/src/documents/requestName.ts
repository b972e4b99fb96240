import { type AgentId, isAgentId } from '../../../runner/protocol/issueId.ts';
import type { AgentRequest } from '../../../runner/protocol/models.ts';

/** What the address of a request's document says. */
export interface RequestName {
  agentId: AgentId;
  requestId: string;
}

/** The folder tells VS Code the language, which wraps lines and shows what is not seen: see `configurationDefaults`. */
export function requestPath({ issueId, kind }: Pick<AgentRequest, 'issueId' | 'kind'>): string {
  return `/.panopticon-request/${issueId} ${kind}`;
}

export function requestQuery({ agentId, requestId }: RequestName): string {
  return `${agentId} ${requestId}`;
}

/** Undefined for addresses that `requestQuery` did not make. */
export function requestOf(query: string): RequestName | undefined {
  const [agentId = '', requestId = '', ...rest] = query.split(' ');
  if (!isAgentId(agentId) || requestId === '' || rest.length > 0) return undefined;
  return { agentId, requestId };
}
