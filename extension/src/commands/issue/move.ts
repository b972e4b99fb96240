import * as vscode from 'vscode';
import { type IssueState, issueStates } from '../../../../runner/protocol/enumerations.ts';
import type { IssueDetails } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import type { Reference } from '../../views/elements.ts';
import { stateIcons, stateWords } from '../../views/issueRow.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { meantBy } from '../meant.ts';
import { flash, say } from '../notify.ts';
import { pick } from '../pick.ts';
import { meantIssue } from './chooseIssue.ts';

export const issueMove: Command = {
  id: 'panopticon.issue.move',
  async run(app, ...given) {
    const issueId = await meantIssue(app, given, { title: 'Move Which Issue?', acts: ['openIssue'] });
    if (issueId === undefined) return;
    await concerning({ issueId }, async () => {
      const { issues } = await app.runner.get();
      const issue = await issues.show({ id: issueId });
      const state = meantBy(given).state ?? (await chooseState(issue));
      if (state !== undefined) await move(app, issue, state);
    });
  },
};

function chooseState({ id, state }: IssueDetails): Promise<IssueState | undefined> {
  return pick({
    title: `Move ${id}`,
    placeholder: `It is ${stateWords[state]}`,
    rows: issueStates.map((each) => ({
      value: each,
      icon: stateIcons[each],
      label: capitalized(stateWords[each]),
      ...(each === state ? { description: 'now' } : {}),
    })),
  });
}

async function move(app: App, { id, state: before }: IssueDetails, state: IssueState): Promise<void> {
  if (state === before) return flash(`${id} is ${stateWords[state]} already`);
  const { issues } = await app.runner.get();
  await app.views.withProgress('issues', () => issues.edit({ id, state }));
  const back: Reference = { issueId: id, state: before };
  say('info', `Moved ${id} to ${capitalized(stateWords[state])}.`, {
    Undo: () => vscode.commands.executeCommand('panopticon.issue.move', back),
  });
}

function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
