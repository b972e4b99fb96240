import { agentIdOf, type IssueId } from '../../../../runner/protocol/issueId.ts';
import type { Issue } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { rowsMeant } from '../chooseAgents.ts';
import { pickLive, type Row } from '../pick.ts';
import { plainLabel } from '../plainText.ts';
import { type Act, actButton } from '../rowActs.ts';
import { createIssue } from './createIssue.ts';
import { issueLine } from './issueLine.ts';

/** Most issues in a picker; who types on finds the others. */
const most = 50;

export interface IssueQuestion {
  title: string;
  /** Whether what was typed can become an issue. */
  creates?: true;
  acts: readonly Act[];
  /** Less likely ones, which come after the others. */
  last?: (issue: Issue) => boolean;
}

/** The issues that are meant; where nothing says it, the one that the person finds. Empty when they leave. */
export async function meantIssues(
  app: App,
  given: readonly unknown[],
  question: IssueQuestion,
): Promise<readonly IssueId[]> {
  const { issueIds } = rowsMeant(app, given);
  if (issueIds.length > 0) return issueIds;
  const chosen = await chooseIssue(app, question);
  return chosen === undefined ? [] : [chosen.id];
}

/** The same for commands that act on one. */
export async function meantIssue(
  app: App,
  given: readonly unknown[],
  question: IssueQuestion,
): Promise<IssueId | undefined> {
  const [first] = await meantIssues(app, given, question);
  return first;
}

/** Searches as the person types. */
export async function chooseIssue(app: App, { title, creates, acts, last }: IssueQuestion): Promise<Issue | undefined> {
  const choice = await pickLive<Issue | { create: string }>({
    title,
    placeholder: creates === true ? 'Type to find an issue, or the title of a new one' : 'Type to find an issue',
    ...(creates === true
      ? { create: { tooltip: 'Create an Issue With This Title', value: (text: string) => ({ create: text }) } }
      : {}),
    async find(text) {
      const runner = await app.runner.get();
      const { issues } = await runner.issues.search({ text, limit: most });
      const buttons = (issue: Issue) => acts.map((act) => actButton(act, { issueId: issue.id }));
      const inOrder = last === undefined ? issues : issues.toSorted((a, b) => Number(last(a)) - Number(last(b)));
      const rows = inOrder.map((issue): Row<Issue | { create: string }> => {
        return { ...issueLine(issue, app.fleet.get(agentIdOf(issue.id))), buttons: buttons(issue) };
      });
      return creates === true && text !== '' && rows.length === 0 ? [createRow(text)] : rows;
    },
  });
  if (choice === undefined) return undefined;
  return 'create' in choice ? createIssue(app, choice.create) : choice;
}

function createRow(title: string): Row<{ create: string }> {
  return { value: { create: title }, icon: 'add', label: plainLabel(`Create Issue "${title}"`) };
}
