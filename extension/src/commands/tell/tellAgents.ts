import * as vscode from 'vscode';
import { agentIdOf, type IssueId } from '../../../../runner/protocol/issueId.ts';
import type { App } from '../../app.ts';
import type { Reference } from '../../views/elements.ts';
import { forEach } from '../forEach.ts';
import { flash, say } from '../notify.ts';
import { type Told, toldAllText, toldText } from '../resultTexts.ts';

/** Tells each agent the text and says what became of it. False when nobody has it. */
export async function tellAgents(app: App, issueIds: readonly IssueId[], text: string): Promise<boolean> {
  const { results: told, failure } = await app.views.withProgress('agents', () =>
    forEach(
      app,
      issueIds.map((issueId) => ({ issueId })),
      async ({ issueId }, { agents }): Promise<Told> => ({ issueId, result: await agents.tell({ id: issueId, text }) }),
    ),
  );
  const [only, another] = told;
  if (only !== undefined && another === undefined) report(app, only);
  else if (told.length > 0) flash(toldAllText(told));
  if (failure !== undefined) throw failure;
  return told.some(({ result }) => result.outcome !== 'failed');
}

function report(app: App, told: Told): void {
  const reference: Reference = { agentId: agentIdOf(told.issueId), issueId: told.issueId };
  const run = (command: string) => () => vscode.commands.executeCommand(command, reference);
  const text = toldText(told);
  const { outcome } = told.result;
  const asks = (app.fleet.get(agentIdOf(told.issueId))?.ask ?? null) !== null;
  if (outcome === 'failed') say('warning', text, { 'Show Why': run('panopticon.agent.why') });
  else if (outcome === 'queued') say('info', text, asks ? { Answer: run('panopticon.agent.answer') } : {});
  else flash(text);
}
