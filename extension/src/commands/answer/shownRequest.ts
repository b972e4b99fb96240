import { agentIdOf, parseIssueId } from '../../../../runner/protocol/issueId.ts';
import type { AgentAsk } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import type { Aim } from '../../views/settledRows.ts';
import { rowsMeant } from '../chooseAgents.ts';
import type { AnsweredRequest } from './giveAnswer.ts';

/** A request that stood before the person's eyes when they acted. */
export interface ShownRequest extends AnsweredRequest {
  /** They saw all of it: in a row or a notification one short line that is all, or the opened document. */
  whole: boolean;
  /** False where the row may have changed too late for the person to have seen what it says now. */
  seen: boolean;
}

/**
 * The request of the row, of the notification, or of the document that is open; undefined where none was shown.
 *
 * @param aim what of the row was clicked, if it was one
 */
export function shownRequest(app: App, given: readonly unknown[], aim: Aim = 'icon'): ShownRequest | undefined {
  const { issueIds, shown, requestId } = rowsMeant(app, given);
  const [issueId] = issueIds;
  if (issueId === undefined) return openedRequest(app, given);
  const ask = shown.find((agent) => agent.issueId === issueId)?.ask;
  if (ask !== undefined && ask !== null) {
    const seen = app.views.agentHasSettled(agentIdOf(issueId), aim);
    return { issueId, requestId: ask.requestId, whole: isAtAGlance(app, ask), seen };
  }
  if (requestId === undefined) return undefined;
  const now = app.fleet.get(agentIdOf(issueId))?.ask;
  const isSame = now?.requestId === requestId;
  return { issueId, requestId, whole: isSame && isAtAGlance(app, now), seen: true };
}

/** Of the editor in whose title a button was clicked, which need not be the active one. */
function openedRequest({ documents }: App, [editor]: readonly unknown[]): ShownRequest | undefined {
  const opened = editor === undefined ? documents.activeRequest() : documents.requestAt(editor);
  const issueId = opened === undefined ? undefined : parseIssueId(opened.agentId);
  if (opened === undefined || issueId === undefined) return undefined;
  return { issueId, requestId: opened.requestId, whole: opened.whole, seen: true };
}

function isAtAGlance(app: App, { kind, brief }: AgentAsk): boolean {
  return kind === 'permission' && brief && app.settings.allowFrom() === 'brief';
}
