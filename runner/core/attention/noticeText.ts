import type { Agent, AgentRequest } from '../../protocol/models.ts';
import { stuckAfterMs } from '../agents/judgeStatus.ts';
import { oneLine } from '../text/sanitize.ts';
import type { Missed } from './decideNotices.ts';
import type { News } from './news.ts';
import { isEdit } from './noticeRequest.ts';

/** Longest text of a notification, in characters: a notification shows no more at a glance. */
const maxText = 160;
/** More ids than these are counted. */
const mostIds = 4;

/** What one notification says about one agent. */
export interface Subject {
  news: News;
  agent: Agent;
  /** What it asks, whole. */
  request: AgentRequest | null;
  /** What its workspace holds, where it is finished and that could be found out. */
  changes: { total: number; added: number; removed: number } | null;
}

/** One line for a person. What agents and issues say is data in it: without control characters. */
export function noticeText(subject: Subject, now: Date): string {
  return oneLine(sentence(subject, now), maxText);
}

function sentence({ news, agent, request, changes }: Subject, now: Date): string {
  const { issueId, runtime, reason, title } = agent;
  const who = `${issueId} (${runtime})`;
  switch (news.kind) {
    case 'permission':
    case 'question':
      return request === null ? `${who} waits for you: ${agent.ask?.oneLine ?? reason}` : asks(who, request, agent);
    case 'finished':
      return `${issueId} is finished: ${changes === null || changes.total === 0 ? title : counted(changes)}`;
    case 'stuck':
      return `${who} looks stuck: no sign of life for ${minutesSilent(agent, now)} min`;
    case 'crashed':
      return `${issueId} crashed: ${reason}`;
    case 'model':
      return `${who} waits for you: ${reason}`;
    case 'login':
      return `${runtime} is logged out: ${issueId} is parked`;
    case 'limit':
      return `${who} is parked: ${reason}`;
  }
}

function asks(who: string, request: AgentRequest, agent: Agent): string {
  if (request.kind === 'question') return `${who} asks: ${request.oneLine}`;
  if (request.kind === 'plan') return `${who} has a plan to review`;
  const { tool, text } = request;
  if (isEdit(request)) return `${who} wants to edit ${request.oneLine.slice(tool?.length).trim()}${linesChanged(text)}`;
  if (tool !== null && request.oneLine.startsWith(`${tool} `)) return `${who} wants to use ${request.oneLine}`;
  const lines = text.split('\n').length;
  if (lines === 1) return `${who} wants to run: ${request.oneLine}`;
  return `${who} wants to run a ${lines}-line script${folderIn(agent.workspace, request.cwd)}`;
}

/** As far as the request shows them: what is added begins with `+`, what is taken away with `-`. */
function linesChanged(text: string): string {
  const lines = text.split('\n').slice(1);
  const added = lines.filter((line) => line.startsWith('+') && !line.startsWith('+++')).length;
  const removed = lines.filter((line) => line.startsWith('-') && !line.startsWith('---')).length;
  return added + removed === 0 ? '' : ` (+${added} −${removed})`;
}

function folderIn(workspace: string, cwd: string): string {
  return cwd.startsWith(`${workspace}/`) ? ` in ${cwd.slice(workspace.length + 1)}/` : '';
}

function counted({ total, added, removed }: { total: number; added: number; removed: number }): string {
  return `${total} ${total === 1 ? 'file' : 'files'} +${added} −${removed}`;
}

/** An agent counts as stuck only after a while; `since` is when it began to count. */
function minutesSilent({ since }: Agent, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(since) + stuckAfterMs) / 60_000);
}

/** Of several agents at once: those that need somebody first. */
export function mergedText(subjects: readonly Subject[]): string {
  const runtimes = new Set(subjects.map(({ agent }) => agent.runtime));
  if (runtimes.size === 1 && subjects.every(({ news }) => news.kind === 'login')) {
    return oneLine(`${[...runtimes].join('')} is logged out: ${subjects.length} agents are parked`, maxText);
  }
  const ids = (fits: (news: News) => boolean): string[] =>
    subjects.filter(({ news }) => fits(news)).map(({ agent }) => agent.issueId);
  const parts = [
    groupText(
      ids(({ isNeed }) => isNeed),
      'needs you',
      'need you',
    ),
    groupText(
      ids(({ kind }) => kind === 'finished'),
      'is finished',
      'are finished',
    ),
    groupText(
      ids(({ kind }) => kind === 'limit'),
      'waits for a usage limit',
      'wait for a usage limit',
    ),
  ];
  return oneLine(parts.filter((part) => part !== '').join('. '), maxText);
}

function groupText(ids: readonly string[], one: string, many: string): string {
  if (ids.length <= 1) return ids.length === 0 ? '' : `${ids.join('')} ${one}`;
  return `${ids.length} agents ${many}: ${listed(ids)}`;
}

/** `MIN-1, MIN-2 and MIN-3`, or `MIN-1, MIN-2, MIN-3 and 9 more`. */
function listed(ids: readonly string[]): string {
  const shown = ids.length <= mostIds ? [...ids] : [...ids.slice(0, mostIds - 1), `${ids.length - mostIds + 1} more`];
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** What came while nobody could be told: `While you were away: 2 need you, 3 finished`. */
export function summaryText(news: readonly News[], missed: Missed): string {
  const count = (fits: (each: News) => boolean): number => news.filter(fits).length;
  const [needs, finished, limited] = [
    count(({ isNeed }) => isNeed),
    count(({ kind }) => kind === 'finished'),
    count(({ kind }) => kind === 'limit'),
  ];
  const parts = [
    ...(needs === 0 ? [] : [`${needs} ${needs === 1 ? 'needs' : 'need'} you`]),
    ...(finished === 0 ? [] : [`${finished} finished`]),
    ...(limited === 0 ? [] : [`${limited} parked`]),
  ];
  return `While ${missed === 'away' ? 'you were away' : 'notifications were paused'}: ${parts.join(', ')}`;
}
