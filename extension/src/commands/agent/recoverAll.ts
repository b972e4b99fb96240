import * as vscode from 'vscode';
import { UserError } from '../../../../runner/protocol/errors.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { messageOf } from '../../messageOf.ts';
import type { Command } from '../command.ts';
import { lateProgress } from '../lateProgress.ts';
import { say } from '../notify.ts';
import { recoveredText, type Unrecovered } from '../resultTexts.ts';

/** Resumes every agent that crashed, one after the other: starting them all at once would be felt. */
export const agentRecoverAll: Command = {
  id: 'panopticon.agent.recoverAll',
  async run(app) {
    const crashed = app.fleet.all().filter(({ status }) => status === 'crashed');
    if (crashed.length === 0) throw new UserError({ code: 'nothingToDo', message: 'No agent has crashed.' });
    const failed: Unrecovered[] = [];
    const canceling = new AbortController();
    const tried = await app.views.withProgress('agents', () =>
      lateProgress('Recovering crashed agents', (tell) => recover(app, crashed, failed, tell, canceling), canceling),
    );
    await app.fleet.refresh(crashed.map(({ id }) => id));
    const [first] = failed;
    const why = () => vscode.commands.executeCommand('panopticon.agent.why', { issueId: first?.issueId });
    const text = recoveredText(tried - failed.length, failed, crashed.length);
    say(first === undefined ? 'info' : 'warning', text, first === undefined ? {} : { Show: why });
  },
};

/** Adds to `failed`. @returns how many were tried before it was canceled. */
async function recover(
  app: App,
  crashed: readonly Agent[],
  failed: Unrecovered[],
  tell: (phase: string) => void,
  { signal }: AbortController,
): Promise<number> {
  for (const [index, { issueId }] of crashed.entries()) {
    if (signal.aborted) return index;
    tell(`${index + 1} of ${crashed.length}`);
    try {
      // Each time the runner that answers now: it may be replaced before all of them run.
      const { agents } = await app.runner.get();
      await agents.resume({ id: issueId });
    } catch (error) {
      failed.push({ issueId, why: messageOf(error) });
      app.log.warn(`${issueId} was not resumed: ${String(error)}`);
    }
  }
  return crashed.length;
}
