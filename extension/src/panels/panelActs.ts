import * as vscode from 'vscode';
import type { AgentId, IssueId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { panelActs } from '../../../runner/protocol/panelMessages.ts';
import type { App } from '../app.ts';
import type { Reference } from '../views/elements.ts';
import { requireShown } from './agentMethods.ts';
import type { GivenParams } from './givenParams.ts';
import { moreActs } from './moreActs.ts';

const commands = {
  attach: 'panopticon.agent.attach',
  changes: 'panopticon.agent.diff',
  destroy: 'panopticon.workspace.destroy',
  kill: 'panopticon.agent.kill',
  repair: 'panopticon.workspace.repair',
  resume: 'panopticon.agent.resume',
  start: 'panopticon.agent.start',
  startRunner: 'panopticon.runner.restart',
} as const;

/** Does in VS Code what the person clicked in the view of an agent. */
export async function actOnAgent(
  { documents, fleet }: Pick<App, 'documents' | 'fleet'>,
  { agentId, issueId }: { agentId: AgentId; issueId: IssueId },
  given: GivenParams,
): Promise<null> {
  requireShown(issueId, given);
  const act = given.oneOf('act', panelActs);
  if (act === 'file') {
    await documents.openFileChange(issueId, given.text('path'));
    return null;
  }
  const command = act === 'more' ? await pickMore(issueId, fleet.get(agentId)) : commands[act];
  const reference: Reference = { agentId, issueId };
  const args: Reference[] = act === 'startRunner' ? [] : [reference];
  if (command !== undefined) await vscode.commands.executeCommand(command, ...args);
  return null;
}

async function pickMore(issueId: IssueId, agent: Agent | undefined): Promise<string | undefined> {
  return (await vscode.window.showQuickPick(moreActs(agent), { title: issueId }))?.command;
}
