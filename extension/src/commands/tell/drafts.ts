import type * as vscode from 'vscode';
import type { IssueId } from '../../../../runner/protocol/issueId.ts';

/** Messages that were written and not sent, by whom they are for. */
export class Drafts {
  private readonly memento: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.memento = memento;
  }

  get(issueIds: readonly IssueId[]): string | undefined {
    return this.memento.get<string>(keyOf(issueIds));
  }

  async keep(issueIds: readonly IssueId[], text: string | undefined): Promise<void> {
    await this.memento.update(keyOf(issueIds), text === '' ? undefined : text);
  }
}

function keyOf(issueIds: readonly IssueId[]): string {
  return `draft ${[...issueIds].sort().join(' ')}`;
}
