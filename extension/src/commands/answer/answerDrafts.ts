import type { IssueId } from '../../../../runner/protocol/issueId.ts';
import type { AnsweredRequest } from './giveAnswer.ts';

/** What was written in one place of an answer; empty where nothing was. */
export interface Draft {
  readonly text: string;
  keep(text: string): void;
}

/** What was written to answer requests and has not been given, in this window. Nothing outlives its request. */
export class AnswerDrafts {
  private readonly requests = new Map</* request id */ string, { issueId: IssueId; texts: Map<string, string> }>();

  /** `part`: why it is denied, or to which question, counted from 0. */
  of({ issueId, requestId }: AnsweredRequest, part: 'reason' | number): Draft {
    const texts = this.requests.get(requestId)?.texts ?? new Map<string, string>();
    const key = String(part);
    return {
      text: texts.get(key) ?? '',
      keep: (text) => {
        texts.set(key, text);
        this.requests.set(requestId, { issueId, texts });
      },
    };
  }

  forget(requestId: string): void {
    this.requests.delete(requestId);
  }

  /** The agent of the issue asks these and nothing else by now. */
  keepOnly(issueId: IssueId, requestIds: readonly string[]): void {
    for (const [requestId, request] of this.requests) {
      if (request.issueId === issueId && !requestIds.includes(requestId)) this.forget(requestId);
    }
  }
}
