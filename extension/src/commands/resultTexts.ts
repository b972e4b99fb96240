import type { IssueId } from '../../../runner/protocol/issueId.ts';
import type { Agent, TellResult } from '../../../runner/protocol/models.ts';
import { counted } from '../views/row.ts';

/** `MIN-142`, `MIN-142 and MIN-150`, `MIN-142, MIN-150 and 3 others`. */
export function named(ids: readonly IssueId[]): string {
  const [first = '', second, third, ...rest] = ids;
  if (second === undefined) return first;
  if (third === undefined) return `${first} and ${second}`;
  return rest.length === 0 ? `${first}, ${second} and ${third}` : `${first}, ${second} and ${ids.length - 2} others`;
}

export function killedText(killed: readonly Agent[]): string {
  const who = named(killed.map(({ issueId }) => issueId));
  const many = killed.length > 1;
  const conversations = killed.every(({ sessionId }) => sessionId !== null);
  const kept = many ? 'Workspaces' : 'Workspace';
  if (!conversations) return `Killed ${who}. ${kept} ${many ? 'are' : 'is'} kept.`;
  return `Killed ${who}. ${kept} and ${many ? 'conversations' : 'conversation'} are kept.`;
}

export interface Told {
  issueId: IssueId;
  result: TellResult;
}

/** What became of one message, for a person. */
export function toldText({ issueId, result: { outcome, detail, tookMs } }: Told): string {
  switch (outcome) {
    case 'delivered':
      return `Delivered to ${issueId}${tookMs === null ? '' : ` in ${seconds(tookMs)}`}`;
    case 'queued':
      return `Queued: ${detail}`;
    case 'sent':
      return `Sent to ${issueId}: ${detail}`;
    case 'failed':
      return `${issueId} did not get the message: ${detail}`;
  }
}

/** The same of a message to several: `Told 3 agents: 2 delivered, 1 queued.` */
export function toldAllText(told: readonly Told[]): string {
  const outcomes = (['delivered', 'queued', 'sent', 'failed'] as const).flatMap((outcome) => {
    const count = told.filter(({ result }) => result.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome === 'failed' ? 'not delivered' : outcome}`];
  });
  return `Told ${counted(told.length, 'agent')}: ${outcomes.join(', ')}.`;
}

/** An agent that was not resumed, and why: a sentence. */
export interface Unrecovered {
  issueId: IssueId;
  why: string;
}

/**
 * What became of resuming every crashed agent: `5 recovered.`, `4 recovered, 1 needs you. MIN-3 cannot be resumed: ...`,
 * `Canceled: 1 of 5 recovered.`
 *
 * @param crashed how many there were; where they are more than were tried, it was canceled
 */
export function recoveredText(recovered: number, failed: readonly Unrecovered[], crashed: number): string {
  const isCanceled = recovered + failed.length < crashed;
  const done = isCanceled ? `Canceled: ${recovered} of ${crashed} recovered` : `${recovered} recovered`;
  const [first, ...others] = failed;
  if (first === undefined) return `${done}.`;
  const needs = failed.length === 1 ? '1 needs you' : `${failed.length} need you`;
  const count = recovered === 0 && !isCanceled ? `${needs}.` : `${done}, ${needs}.`;
  const beginning = `${first.issueId} cannot be resumed: `;
  const why = first.why.startsWith(beginning) ? first.why : `${beginning}${first.why}`;
  const rest = others.length === 0 ? [] : [`Nor can ${named(others.map(({ issueId }) => issueId))}.`];
  return [count, why, ...rest].join(' ');
}

/** Where an item came to stand: `On MIN-142's hook, 2nd of 2`. */
export function hookPlaceText(issueId: IssueId, place: number, total: number): string {
  return `On ${issueId}'s hook, ${place}${ordinal(place)} of ${total}`;
}

function ordinal(place: number): string {
  const teens = place % 100;
  if (teens >= 11 && teens <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][place % 10] ?? 'th';
}

/** 30 ms, 0.2 s, 1.4 s, 12 s. */
function seconds(durationMs: number): string {
  if (durationMs < 95) return `${Math.round(durationMs)} ms`;
  return `${durationMs < 9_950 ? (durationMs / 1000).toFixed(1) : Math.round(durationMs / 1000)} s`;
}
