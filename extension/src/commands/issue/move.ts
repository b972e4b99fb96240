import { type IssueState, issueStates } from '../../../../runner/protocol/enumerations.ts';
import type { IssueDetails } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { stateIcons, stateWords } from '../../views/issueRow.ts';
import { counted } from '../../views/row.ts';
import type { Command } from '../command.ts';
import { forEach } from '../forEach.ts';
import { meantBy } from '../meant.ts';
import { flash, say } from '../notify.ts';
import { pick } from '../pick.ts';
import { named } from '../resultTexts.ts';
import { meantIssues } from './chooseIssue.ts';
import { moveBack } from './moveBack.ts';

export const issueMove: Command = {
  id: 'panopticon.issue.move',
  async run(app, ...given) {
    const ids = await meantIssues(app, given, { title: 'Move Which Issue?', acts: ['openIssue'] });
    const meant = ids.map((issueId) => ({ issueId }));
    const { results: found, failure } = await forEach(app, meant, ({ issueId }, { issues }) =>
      issues.show({ id: issueId }),
    );
    if (found.length > 0) {
      const state = meantBy(given).state ?? (await chooseState(found));
      if (state !== undefined) await move(app, found, state);
    }
    if (failure !== undefined) throw failure;
  },
};

function chooseState(found: readonly IssueDetails[]): Promise<IssueState | undefined> {
  const [first, another] = found;
  const now = another === undefined ? first?.state : undefined;
  return pick({
    title: `Move ${another === undefined ? first?.id : counted(found.length, 'Issue')}`,
    ...(now === undefined ? {} : { placeholder: `It is ${stateWords[now]}` }),
    rows: issueStates.map((each) => ({
      value: each,
      icon: stateIcons[each],
      label: capitalized(stateWords[each]),
      ...(each === now ? { description: 'now' } : {}),
    })),
  });
}

/** One message and one Undo, however many they are. */
async function move(app: App, found: readonly IssueDetails[], state: IssueState): Promise<void> {
  const others = found.filter((issue) => issue.state !== state);
  if (others.length === 0) {
    return flash(`${named(found.map(({ id }) => id))} ${found.length > 1 ? 'are' : 'is'} ${stateWords[state]} already`);
  }
  const before = others.map((issue) => ({ issueId: issue.id, state: issue.state }));
  const { results: moved, failure } = await app.views.withProgress('issues', () =>
    forEach(app, before, async (each, { issues }) => {
      await issues.edit({ id: each.issueId, state });
      return each;
    }),
  );
  if (moved.length > 0) {
    const who = named(moved.map(({ issueId }) => issueId));
    say('info', `Moved ${who} to ${capitalized(stateWords[state])}.`, { Undo: () => moveBack(moved) });
  }
  if (failure !== undefined) throw failure;
}

function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
