import * as vscode from 'vscode';
import type { IssueDetails } from '../../../../runner/protocol/models.ts';
import type { RuntimeChoice, RuntimeList } from '../../../../runner/protocol/runtimeChoice.ts';
import type { App } from '../../app.ts';
import { pick } from '../pick.ts';
import { plainLabel, plainMessage } from '../plainText.ts';
import { modeRows, runtimeRows, type StartWish, startRows } from './startRows.ts';

export interface ChosenStart extends StartWish {
  /** The person said yes to `bypass` in this project just now. */
  allowBypass?: true;
}

/** Asks which of the runtimes the agent is to run, and how; undefined when the person leaves. */
export async function chooseStart(app: App, issue: IssueDetails, list: RuntimeList): Promise<ChosenStart | undefined> {
  const choice = await pick({
    title: `Start Agent on ${issue.id}`,
    placeholder: plainLabel(issue.title),
    rows: startRows(list, lastStart(app, issue.project), issue.project),
  });
  switch (choice?.kind) {
    case undefined:
      return undefined;
    case 'fix':
      showFix(app, choice.runtime);
      return undefined;
    case 'start':
      return allowed(issue.project, list, choice.wish);
    case 'more': {
      const wish = await chooseAll(app, issue, list);
      return wish === undefined ? undefined : allowed(issue.project, list, wish);
    }
  }
}

/** Remembers what was started, for the first line of the next time. */
export async function rememberStart(app: App, project: string, { runtime, model, mode }: StartWish): Promise<void> {
  const wish = { runtime, ...(model === undefined ? {} : { model }), ...(mode === undefined ? {} : { mode }) };
  await app.context.globalState.update(keyOf(project), wish);
}

function lastStart(app: App, project: string): StartWish | undefined {
  return app.context.globalState.get<StartWish>(keyOf(project));
}

function keyOf(project: string): string {
  return `lastStart.${project}`;
}

async function chooseAll(app: App, issue: IssueDetails, list: RuntimeList): Promise<StartWish | undefined> {
  const title = `Start Agent on ${issue.id}`;
  const runtime = await pick({ title: `${title} (1/3)`, placeholder: 'Runtime', rows: runtimeRows(list) });
  if (runtime === undefined) return undefined;
  if (!runtime.ready) {
    showFix(app, runtime);
    return undefined;
  }
  const model = await vscode.window.showInputBox({
    title: `${title} (2/3)`,
    prompt: `The model, as ${runtime.name} names it; empty for its own.`,
    value: runtime.model ?? '',
    ignoreFocusOut: true,
  });
  if (model === undefined) return undefined;
  const mode = await pick({
    title: `${title} (3/3)`,
    placeholder: 'What it may do without asking',
    rows: modeRows(runtime),
  });
  if (mode === undefined) return undefined;
  return { runtime: runtime.name, ...(model.trim() === '' ? {} : { model: model.trim() }), mode };
}

/** A tool that cannot be started shows what makes it ready: a command that waits for Enter in a terminal. */
function showFix(app: App, { name, reason, fix }: RuntimeChoice): void {
  if (fix !== null) app.terminals.propose(`Fix ${name}`, fix);
  else void vscode.window.showInformationMessage(plainMessage(reason ?? `${name} cannot be started now.`));
}

/** That agents may do everything unasked is said once for each project. */
async function allowed(project: string, list: RuntimeList, wish: StartWish): Promise<ChosenStart | undefined> {
  const mode = wish.mode ?? list.runtimes.find(({ name }) => name === wish.runtime)?.mode;
  if (mode !== 'bypass' || list.bypassAllowed) return wish;
  const allow = 'Allow in This Project';
  const detail =
    'Agents in the mode bypass run every command and change every file without asking, as you. ' +
    'It is asked once for each project.';
  const answer = await vscode.window.showWarningMessage(
    `Let agents in ${project} do everything without asking?`,
    { modal: true, detail },
    allow,
  );
  return answer === allow ? { ...wish, allowBypass: true } : undefined;
}
