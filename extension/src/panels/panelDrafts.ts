import type * as vscode from 'vscode';
import { type IssueId, parseIssueId } from '../../../runner/protocol/issueId.ts';
import type { AgentDrafts, DraftPlace } from '../../../runner/protocol/panelMessages.ts';
import { agentTell, hookPush, requestAnswer, requestList } from '../../../runner/protocol/requests.ts';
import { type GivenParams, isRecord, malformed } from './givenParams.ts';

/** A place has the id of a request in it. */
const placeLength = 220;

/** What was written in the views of agents and not sent. It outlives the view, its tab and the window. */
export class PanelDrafts {
  private readonly memento: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.memento = memento;
  }

  of(issueId: IssueId): AgentDrafts {
    return this.memento.get<AgentDrafts>(keyOf(issueId)) ?? {};
  }

  /**
   * Keeps what a view says is written in one place now, for whichever agent it was written.
   *
   * @throws UserError for malformed parameters.
   */
  async keep(given: GivenParams): Promise<void> {
    const issueId = parseIssueId(given.text('id', placeLength));
    const place = given.text('place', placeLength);
    if (issueId === undefined || !isPlace(place)) throw malformed('place');
    await this.write(issueId, { ...this.of(issueId), [place]: given.text('text') });
  }

  /**
   * Forgets what the runner has by its answer to the view, which may be gone by now; not what was changed meanwhile. What
   * was written to a request goes when the agent asks another one: a list without any may be one that cannot be known.
   */
  async settle(issueId: IssueId, method: string, given: GivenParams, answer: unknown): Promise<void> {
    if (method === agentTell.method && !(isRecord(answer) && answer['outcome'] === 'failed')) {
      await this.forget(issueId, (place, text) => place === 'message' && text === given.text('text'));
    }
    if (method === hookPush.method) {
      await this.forget(issueId, (place, text) => place === 'work' && text === given.text('text'));
    }
    if (method === requestAnswer.method) {
      await this.forget(issueId, (place) => place === `request ${given.text('requestId')}`);
    }
    if (method === requestList.method && Array.isArray(answer) && answer.length > 0) {
      const open = new Set(answer.map((request) => `request ${isRecord(request) ? request['id'] : ''}`));
      await this.forget(issueId, (place) => place.startsWith('request ') && !open.has(place));
    }
  }

  private async forget(issueId: IssueId, isOver: (place: string, text: string) => boolean): Promise<void> {
    const all = Object.entries(this.of(issueId));
    const left = all.filter(([place, text = '']) => !isOver(place, text));
    if (left.length < all.length) await this.write(issueId, Object.fromEntries(left));
  }

  private async write(issueId: IssueId, drafts: AgentDrafts): Promise<void> {
    const written = Object.entries(drafts).filter(([, text]) => text !== '');
    await this.memento.update(keyOf(issueId), written.length === 0 ? undefined : Object.fromEntries(written));
  }
}

function keyOf(issueId: IssueId): string {
  return `panel drafts ${issueId}`;
}

function isPlace(place: string): place is DraftPlace {
  return place === 'message' || place === 'work' || place.startsWith('request ');
}
