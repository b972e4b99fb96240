import type { AgentStatus } from '../protocol/enumerations.ts';
import type { UserError } from '../protocol/errors.ts';
import { parseIssueId } from '../protocol/issueId.ts';
import type { Context } from './context.ts';
import { usageError } from './usageError.ts';

/** `.../workspaces/feature-min-123/src`; a slug of the title may follow the number. */
const workspaceFolder = /\/workspaces\/feature-([a-z][a-z0-9]*-\d+)(?:-[^/]*)?(?=\/|$)/gi;

const over: readonly AgentStatus[] = ['crashed', 'stopped', 'done', 'unreadable'];

/**
 * The issue that is meant where the id may be left out: the one given, else that of the agent that runs this command,
 * else that of the workspace around the working directory. Only a command that changes nothing (`guess`) also takes the
 * only running agent.
 *
 * @throws UserError (usage) when none of these says which.
 */
export async function ownIssue(
  context: Context,
  given: string | undefined,
  command: string,
  guess: 'guess' | 'own' = 'own',
): Promise<string> {
  if (given !== undefined) return given;
  const agentId = context.host.env['PAN_AGENT_ID'];
  if (agentId !== undefined && agentId !== '') return agentId;
  const folder = [...context.host.cwd().matchAll(workspaceFolder)].at(-1)?.[1];
  if (folder !== undefined) return folder.toUpperCase();
  const agents = await (await context.runner()).agents.list();
  const running = agents.filter(({ status }) => !over.includes(status));
  const [only, another] = running;
  if (guess === 'guess' && only !== undefined && another === undefined) return only.issueId;
  throw unclearIssue(
    command,
    running.map(({ issueId }) => issueId),
  );
}

/** `MIN-123` of `agent-min-123`, for sentences; what is no id stays as it was typed. */
export function spokenId(id: string): string {
  return parseIssueId(id) ?? id;
}

function unclearIssue(command: string, [first = 'MIN-123', ...others]: readonly string[]): UserError {
  return usageError(
    'No issue id was given, and this is neither an agent nor a workspace.',
    `pan ${command} ${first}${others.length === 0 ? '' : ` (or ${others.slice(0, 2).join(', ')})`}`,
  );
}
