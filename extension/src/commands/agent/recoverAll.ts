import * as vscode from 'vscode';
import { UserError } from '../../../../runner/protocol/errors.ts';
import { messageOf } from '../../messageOf.ts';
import type { Command } from '../command.ts';
import { say } from '../notify.ts';
import { recoveredText, type Unrecovered } from '../resultTexts.ts';

/** Resumes every agent that crashed, one after the other: starting them all at once would be felt. */
export const agentRecoverAll: Command = {
  id: 'panopticon.agent.recoverAll',
  async run(app) {
    const crashed = app.fleet.all().filter(({ status }) => status === 'crashed');
    if (crashed.length === 0) throw new UserError({ code: 'nothingToDo', message: 'No agent has crashed.' });
    const runner = await app.runner.get();
    const failed: Unrecovered[] = [];
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: 'Recovering crashed agents',
      cancellable: true,
    };
    const tried = await vscode.window.withProgress(options, async (progress, token) => {
      for (const [index, { issueId }] of crashed.entries()) {
        if (token.isCancellationRequested) return index;
        progress.report({ message: `${index + 1} of ${crashed.length}`, increment: 100 / crashed.length });
        await runner.agents.resume({ id: issueId }).catch((error: unknown) => {
          failed.push({ issueId, why: messageOf(error) });
          app.log.warn(`${issueId} was not resumed: ${String(error)}`);
        });
      }
      return crashed.length;
    });
    await app.fleet.refresh(crashed.map(({ id }) => id));
    const [first] = failed;
    const why = () => vscode.commands.executeCommand('panopticon.agent.why', { issueId: first?.issueId });
    const text = recoveredText(tried - failed.length, failed);
    say(first === undefined ? 'info' : 'warning', text, first === undefined ? {} : { Show: why });
  },
};
