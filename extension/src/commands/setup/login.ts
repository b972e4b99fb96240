import * as vscode from 'vscode';
import type { App } from '../../app.ts';
import { logins } from '../../setup/logins.ts';
import type { Command } from '../command.ts';

/** `given`: `{ agentId }` of the agent whose tool is logged out; without it the person chooses. */
export const setupLogin: Command = {
  id: 'panopticon.setup.login',
  async run(app, given) {
    const runtime = runtimeOf(app, given) ?? (await pickRuntime());
    const command = runtime === undefined ? undefined : logins[runtime];
    if (runtime !== undefined && command !== undefined) app.terminals.propose(`Log in to ${runtime}`, command);
  },
};

function runtimeOf({ fleet }: App, given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || !('agentId' in given)) return undefined;
  const runtime = typeof given.agentId === 'string' ? fleet.get(given.agentId)?.runtime : undefined;
  return runtime !== undefined && runtime in logins ? runtime : undefined;
}

async function pickRuntime(): Promise<string | undefined> {
  const items = Object.entries(logins).map(([label, detail]) => ({ label, detail }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Log In',
    placeHolder: 'The tool asks in its own terminal. The command runs when you press Enter there.',
  });
  return chosen?.label;
}
