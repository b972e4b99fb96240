import { agentIdOf, type IssueId } from '../../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { askText } from '../askText.ts';
import { type AgentQuestion, meantAgents } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { meantBy } from '../meant.ts';
import { named } from '../resultTexts.ts';
import { Drafts } from '../tell/drafts.ts';
import { tellAgents } from '../tell/tellAgents.ts';

const question: AgentQuestion = {
  title: 'Tell Which Agent?',
  fits: ({ pid }) => pid !== null,
  nobody: 'No agent is running.',
  acts: ['open', 'changes'],
};

export const agentTell: Command = {
  id: 'panopticon.agent.tell',
  async run(app, ...given) {
    const agents = await meantAgents(app, given, question);
    const ids = agents.map(({ issueId }) => issueId);
    const [first, another] = agents;
    if (first === undefined) return;
    const drafts = new Drafts(app.context.workspaceState);
    const value = [drafts.get(ids), meantBy(given).text].filter((text) => text !== undefined).join(' ');
    // An input box has one line, and would join those that were written in the editor.
    if (another === undefined && value.includes('\n')) return app.documents.openMessage(first.issueId, value);
    const answer = await askText({
      title: `Tell ${named(ids)}`,
      prompt: another === undefined ? await previewOf(app, first.issueId) : `${ids.length} agents get it.`,
      placeholder: 'What should be done?',
      value,
      refusal: 'Write what the agent should do.',
      // For longer ones; an editor is for one agent.
      ...(another === undefined ? { button: { icon: 'edit', tooltip: 'Write in Editor' } } : {}),
    });
    if (answer.kind === 'button') return app.documents.openMessage(first.issueId, answer.text);
    // What was written and not told is there the next time, whatever becomes of this window meanwhile.
    await drafts.keep(ids, answer.text);
    if (answer.kind === 'accept') await send(app, agents, answer.text, drafts);
  },
};

/** What a message would do now, in the runner's words. */
async function previewOf(app: App, issueId: IssueId): Promise<string> {
  const runner = await app.runner.get();
  return (await runner.agents.tellPreview({ id: issueId })).detail;
}

async function send(app: App, agents: readonly Agent[], text: string, drafts: Drafts): Promise<void> {
  const ids = agents.map(({ issueId }) => issueId);
  const told = await tellAgents(app, ids, text);
  if (told && drafts.get(ids) === text) await drafts.keep(ids, undefined);
  await app.fleet.refresh(ids.map(agentIdOf));
}
