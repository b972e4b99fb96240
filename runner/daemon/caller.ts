import { UserError } from '../protocol/errors.ts';
import { agentIdOf, parseIssueId } from '../protocol/issueId.ts';
import type { InitializeParams } from '../protocol/requests.ts';

/** Who is at the other end of a connection. */
export interface Caller {
  /** The name of the program that it says it is: `pan`, `vscode`. */
  client: string;
  /** The agent that the caller is part of; undefined for a person. */
  agentId(): Promise<string | undefined>;
}

/**
 * A caller is an agent when it runs inside an agent's process tree, else when its environment says so. What the process
 * is counts more than what it says; it is looked up only when it matters, once. This is cooperative: the same user id is no wall.
 */
export function identifyCaller(
  client: InitializeParams['client'],
  agentAround: (pid: number) => Promise<string | undefined>,
): Caller {
  let known: Promise<string | undefined> | undefined;
  return {
    client: client.name,
    agentId() {
      known ??= agentAround(client.pid).then((around) => around ?? (client.agentId || undefined));
      return known;
    },
  };
}

/** @throws UserError when an agent asks for what only people may do. */
export async function requirePerson(caller: Caller): Promise<void> {
  const agentId = await caller.agentId();
  if (agentId === undefined) return;
  throw new UserError({
    code: 'notForAgents',
    message: `${agentId} may not do this: agents use their own hook, mark their own work done, and read lists.`,
    hint: 'Ask the person who runs you.',
  });
}

/** @throws UserError when an agent asks for another agent's. */
export async function requireOwnOrPerson(caller: Caller, id: string): Promise<void> {
  const agentId = await caller.agentId();
  const issueId = parseIssueId(id);
  if (agentId === undefined || (issueId !== undefined && agentIdOf(issueId) === agentId)) return;
  throw new UserError({
    code: 'notForAgents',
    message: `${agentId} may not do this for another agent.`,
    hint: 'Ask the person who runs you.',
  });
}
