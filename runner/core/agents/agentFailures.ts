import type { AgentStatus } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import { nearestIds } from '../text/nearestIds.ts';
import type { AgentState } from './agentState.ts';
import type { AgentHistory } from './eventLog.ts';
import { howToRestart } from './howToGoOn.ts';

export function noAgentYet(issueId: string): UserError {
  return new UserError({
    code: 'noAgent',
    message: `${issueId} has no agent yet.`,
    hint: `Start one: pan work issue ${issueId}`,
  });
}

/** There is nothing to act on before its workspace is made. */
export function stillStarting(issueId: string, phase: string): UserError {
  return new UserError({
    code: 'agentStarting',
    message: `${issueId} is being started: ${phase}.`,
    hint: 'Try again in a moment.',
  });
}

export function noSuchAgent(issueId: string, known: string[]): UserError {
  const near = nearestIds(issueId, known);
  return new UserError({
    code: 'noAgent',
    message: `There is no agent ${issueId}.`,
    hint: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Start one: pan work issue ${issueId}`,
  });
}

export function noRunningAgent(state: AgentState, history: AgentHistory): UserError {
  const next = howToRestart(state, history);
  return new UserError({
    code: 'notRunning',
    message: `${state.issueId} has no running agent.`,
    hint: `${next.startsWith('pan work resume') ? 'Resume it' : 'Start one'}: ${next}`,
  });
}

export function alreadyRunning(issueId: string, runtime: string, status: AgentStatus): UserError {
  return new UserError({
    code: 'alreadyRunning',
    message: `${issueId} already has an agent (${runtime}, ${status}).`,
    hint: `Look at it: pan work attach ${issueId}`,
  });
}

export function unreadableAgent(issueId: string, reason: string): UserError {
  return new UserError({
    code: 'unreadable',
    message: `The agent of ${issueId} is unreadable: ${reason}.`,
    hint: `End what may still run, then start it again: pan work kill ${issueId}, pan work issue ${issueId}`,
  });
}

export function tmuxUnknown(agentId: string, reason: string): UserError {
  return new UserError({
    code: 'tmuxUnknown',
    message: `Whether ${agentId} runs is not known: tmux could not be asked (${reason}). Nothing was changed.`,
    hint: 'Try again, or look: pan doctor, pan daemon log',
  });
}

export function neverStarted(issueId: string, runtime: string): UserError {
  return new UserError({
    code: 'neverStarted',
    message: `${issueId} cannot be resumed: it never came up.`,
    hint: `Start it again: pan work issue ${issueId} --runtime ${runtime}`,
  });
}

export function cannotResume(issueId: string, runtime: string): UserError {
  return new UserError({
    code: 'cannotResume',
    message: `${issueId} cannot be resumed: ${runtime} keeps no conversation.`,
    hint: `Start it again: pan work issue ${issueId} --runtime ${runtime}`,
  });
}

export function noConversationYet(issueId: string, runtime: string): UserError {
  return new UserError({
    code: 'cannotResume',
    message: `${issueId} cannot be resumed: it has no conversation yet.`,
    hint: `Start it again: pan work issue ${issueId} --runtime ${runtime}`,
  });
}

export function startCanceled(issueId: string, left: 'nothing was made' | 'its workspace stays'): UserError {
  const hints = {
    'nothing was made': `Start it again: pan work issue ${issueId}`,
    'its workspace stays': `Start it again, or remove the workspace: pan workspace destroy ${issueId}`,
  };
  return new UserError({ code: 'canceled', message: `Starting ${issueId} was canceled; ${left}.`, hint: hints[left] });
}

export function bypassNotAllowed(issueId: string, project: string, runtime: string): UserError {
  return new UserError({
    code: 'bypassNotAllowed',
    message: `bypass lets agents in ${project} run everything without asking; nobody has allowed it there yet.`,
    hint: `Allow it in this project: pan work issue ${issueId} --runtime ${runtime} --mode bypass --yes`,
  });
}
