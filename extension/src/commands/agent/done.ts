import * as vscode from 'vscode';
import type { Agent, IssueDetails } from '../../../../runner/protocol/models.ts';
import type { RunnerApi } from '../../../../runner/protocol/runnerApi.ts';
import type { Reference } from '../../views/elements.ts';
import { type AgentQuestion, meantAgents } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { forEach } from '../forEach.ts';
import { moveBack } from '../issue/moveBack.ts';
import { say } from '../notify.ts';
import { named } from '../resultTexts.ts';

const question: AgentQuestion = {
  title: 'Which Agent Is Done?',
  fits: ({ status }) => status !== 'done',
  nobody: 'No agent is at work.',
  acts: ['changes', 'open'],
};

/** An agent as it is now that it is done, and what it was before. */
interface Finished {
  agent: Agent;
  /** It lived, and its conversation can go on. */
  goesOn: boolean;
  /** Undefined where the issue could not be read, or was closed already. */
  state: IssueDetails['state'] | undefined;
}

/** Ends the agent and closes its issue; the workspace stays, and Undo takes both back. */
export const agentDone: Command = {
  id: 'panopticon.agent.done',
  async run(app, ...given) {
    const agents = await meantAgents(app, given, question);
    if (agents.length === 0) return;
    const { results: finished, failure } = await app.views.withProgress('agents', () => forEach(app, agents, finish));
    await app.fleet.refresh(finished.map(({ agent }) => agent.id));
    if (finished.length > 0) {
      const who = named(finished.map(({ agent }) => agent.issueId));
      say('info', `${who} ${finished.length > 1 ? 'are' : 'is'} done.`, { Undo: () => undo(finished) });
    }
    if (failure !== undefined) throw failure;
  },
};

async function finish({ issueId, pid, sessionId }: Agent, { agents, issues }: RunnerApi): Promise<Finished> {
  // An agent can be done whose issue nobody can read any more.
  const issue = await issues.show({ id: issueId }).catch(() => undefined);
  const agent = await agents.done({ id: issueId });
  const state = issue?.state === 'done' ? undefined : issue?.state;
  return { agent, goesOn: pid !== null && sessionId !== null, state };
}

async function undo(finished: readonly Finished[]): Promise<void> {
  await moveBack(
    finished.flatMap(({ agent, state }) => (state === undefined ? [] : [{ issueId: agent.issueId, state }])),
  );
  for (const { agent } of finished.filter(({ goesOn }) => goesOn)) {
    const reference: Reference = { agentId: agent.id };
    await vscode.commands.executeCommand('panopticon.agent.resume', reference);
  }
}
