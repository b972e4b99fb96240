import { agentIdOf, type IssueId, parseIssueId } from '../../../../runner/protocol/issueId.ts';
import type { App } from '../../app.ts';
import { type AgentQuestion, meantAgent, rowsMeant } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { flash } from '../notify.ts';

const question: AgentQuestion = {
  title: 'Show the Changes of Which Agent?',
  nobody: 'There is no agent yet.',
  acts: ['open', 'tell'],
};

/** A workspace has changes whether an agent was in it or not. */
export const agentDiff: Command = {
  id: 'panopticon.agent.diff',
  async run(app, ...given) {
    const [issueId] = rowsMeant(app, given).issueIds;
    const meant = issueId ?? shownIn(app, given) ?? (await meantAgent(app, given, question))?.issueId;
    if (meant !== undefined) await concerning({ issueId: meant }, () => showChanges(app, meant));
  },
};

/** The agent of the editor in whose title the icon was clicked. */
function shownIn({ documents, panels }: App, [editor]: readonly unknown[]): IssueId | undefined {
  const agentId = documents.agentAt(editor) ?? panels.agentAt(editor);
  return agentId === undefined ? undefined : parseIssueId(agentId);
}

async function showChanges(app: App, issueId: IssueId): Promise<void> {
  const agent = app.fleet.get(agentIdOf(issueId));
  const title = agent === undefined ? issueId : `${issueId} · ${agent.runtime}`;
  const hasChanges = await app.views.withProgress('workspaces', () => app.documents.openChanges({ issueId, title }));
  if (!hasChanges) return flash(`${issueId} has changed nothing yet.`);
  app.steps.mark('reviewed');
  if (agent?.status === 'done') await app.seen.mark([agent], true);
}
