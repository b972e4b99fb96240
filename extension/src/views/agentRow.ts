import { dayTime } from '../../../runner/protocol/dayTime.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { troubleWords } from '../../../runner/protocol/trouble.ts';
import { plainLine } from '../commands/plainText.ts';
import { needsSince } from '../fleet/needsYou.ts';
import { agentIcon } from './agentIcon.ts';
import { askOf, doingOf } from './agentWords.ts';
import { ageText, spokenAge } from './ages.ts';
import { counted, dotted, listed, type Row } from './row.ts';

/**
 * What a side bar of the usual 300 px shows of a label beside two icons, in columns: a row has an Allow only where
 * nothing of the command is cut off.
 */
const wholeLabelColumns = 30;

/** The reason of most that are idle, which says no more than that they are. */
const usualRest = 'turn ended';

export interface AgentRowContext {
  /** Milliseconds since 1970. */
  now: number;
  /** It is listed among those that need a person, and says what it needs. */
  isNeedy: boolean;
  /** How many agents wait for the same login, itself included. */
  waitForLogin: number;
  /** Its project is open in this window. */
  isHere: boolean;
  isSeen: boolean;
}

/** The row of an agent. Its texts are data of strangers and shown so that nothing in them is invisible. */
export function agentRow(agent: Agent, context: AgentRowContext): Row {
  const isUnseen = agent.status === 'done' && !context.isSeen;
  const label = context.isNeedy ? needyLabel(agent, context.now) : dottedTitle(agent);
  return {
    label,
    description: dotted(
      agent.mode === 'bypass' && 'bypass',
      agent.trouble !== null && troubleWords[agent.trouble.kind],
      agent.runtime === 'rehearsal' && 'rehearsal',
      !context.isHere && plainLine(agent.project),
      ...detailsOf(agent, context),
    ),
    icon: agentIcon(agent, isUnseen),
    contextValue: `${kindOf(agent)}${flagsOf(agent, { isUnseen, isWhole: mostColumns(label) <= wholeLabelColumns })}`,
    spoken: spokenRow(agent, context),
  };
}

/** A login is of an account, not of the issue whose agent met it first. */
function needyLabel(agent: Agent, now: number): string {
  return isLogin(agent) ? askOf(agent, now) : `${agent.issueId} ${askOf(agent, now)}`;
}

function dottedTitle({ issueId, title }: Agent): string {
  return `${issueId} ${plainLine(title)}`.trim();
}

/** In the order of their weight: a narrow side bar cuts off the end. */
function detailsOf(agent: Agent, { now, isNeedy, waitForLogin }: AgentRowContext): string[] {
  const age = ageText(needsSince(agent), now);
  const title = plainLine(agent.title);
  const runtime = agent.runtime === 'rehearsal' ? '' : plainLine(agent.runtime);
  const reason = plainLine(agent.reason);
  switch (agent.status) {
    case 'waiting':
      return [age, title, runtime];
    case 'stuck':
    case 'crashed':
      return [title, runtime];
    case 'working':
      return [doingOf(agent), age];
    case 'parked':
      if (isNeedy && isLogin(agent)) return [`${counted(waitForLogin, 'agent')} parked`];
      if (isNeedy) return [title, runtime];
      return [
        ...(agent.parked?.until ? [`until ${dayTime(agent.parked.until, new Date(now))}`] : []),
        causeOf(agent, reason),
      ];
    case 'idle':
      return [
        age,
        agent.hookItems === 0 ? 'hook empty' : `${agent.hookItems} on its hook`,
        ...(reason === usualRest ? [] : [reason]),
      ];
    case 'done':
    case 'stopped':
      return [reason, age];
    default:
      return [reason];
  }
}

function causeOf({ parked }: Agent, reason: string): string {
  switch (parked?.cause) {
    case 'limit':
      return 'usage limit';
    case 'login':
      return 'logged out';
    case 'model':
      return 'its model is not available';
    default:
      return reason;
  }
}

/** Every character from U+1100 on counts as a wide one: those before it are narrow, of those after it many are not. */
function mostColumns(text: string): number {
  return [...text].reduce((sum, character) => sum + (character < '\u1100' ? 1 : 2), 0);
}

/** `agent.waiting.permission`, `agent.parked.limit`, `agent.idle`. */
function kindOf({ status, ask, parked }: Agent): string {
  if (status === 'waiting') return `agent.waiting.${ask?.kind ?? 'other'}`;
  if (status === 'parked') return `agent.parked.${parked?.cause === 'login' ? 'auth' : (parked?.cause ?? 'other')}`;
  return `agent.${status}`;
}

/** Always in this order, so that a menu can match several of them. */
function flagsOf(
  { ask, pid, sessionId, workspace, trouble }: Agent,
  { isUnseen, isWhole }: { isUnseen: boolean; isWhole: boolean },
): string {
  const flags = [
    ask?.brief === true && ask.answers.includes('allow') && isWhole && '+brief',
    pid !== null && '+live',
    sessionId !== null && '+session',
    workspace !== '' && '+workspace',
    isUnseen && '+unseen',
    trouble?.kind === 'workspaceMissing' && '+missing',
  ];
  return flags.filter((flag) => flag !== false).join('');
}

/** The state first and no symbols. */
function spokenRow(agent: Agent, context: AgentRowContext): string {
  const { now, isNeedy, isHere } = context;
  const since = spokenAge(needsSince(agent), now);
  const rest = [
    plainLine(agent.title),
    plainLine(agent.runtime),
    agent.mode === 'bypass' && 'may do everything',
    !isHere && agent.project !== '' && `project ${plainLine(agent.project)}`,
    agent.trouble !== null && troubleWords[agent.trouble.kind],
  ];
  if (!isNeedy) return listed(agent.issueId, spokenState(agent, now), since, ...rest);
  const ask = askOf(agent, now);
  const asked = `${ask.charAt(0).toLowerCase()}${ask.slice(1)}`.replace(/\?$/, '').replace(/^allow /, 'allow: ');
  if (isLogin(agent)) return listed(`needs you: ${asked}`, `${counted(context.waitForLogin, 'agent')} parked`);
  const need = agent.status === 'stuck' ? 'stuck' : asked;
  return listed(`${agent.issueId}, needs you: ${need}`, `${waitWord(agent)}${since}`, ...rest);
}

function waitWord({ status }: Agent): string {
  return status === 'waiting' ? 'waiting ' : 'for ';
}

function spokenState(agent: Agent, now: number): string {
  switch (agent.status) {
    case 'working':
      return `working: ${doingOf(agent)}`;
    case 'parked':
      return listed(
        `parked: ${causeOf(agent, plainLine(agent.reason))}`,
        agent.parked?.until ? `until ${dayTime(agent.parked.until, new Date(now))}` : '',
      );
    case 'idle':
      return listed('idle', agent.hookItems === 0 ? 'hook empty' : `${agent.hookItems} on its hook`);
    case 'starting':
      return 'starting';
    default:
      return `${agent.status}: ${plainLine(agent.reason)}`;
  }
}

function isLogin({ status, parked }: Agent): boolean {
  return status === 'parked' && parked?.cause === 'login';
}
