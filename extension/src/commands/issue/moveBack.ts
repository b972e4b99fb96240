import * as vscode from 'vscode';
import type { IssueState } from '../../../../runner/protocol/enumerations.ts';
import type { IssueId } from '../../../../runner/protocol/issueId.ts';
import type { Reference } from '../../views/elements.ts';

/** Moves issues to the states that they were in. The command says itself what it did, and what went wrong. */
export async function moveBack(before: readonly { issueId: IssueId; state: IssueState }[]): Promise<void> {
  for (const state of new Set(before.map((each) => each.state))) {
    const issueIds = before.flatMap((each) => (each.state === state ? [each.issueId] : []));
    const back: Reference = { issueIds, state };
    await vscode.commands.executeCommand('panopticon.issue.move', back);
  }
}
