import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../../../runner/protocol/errors.ts';
import type { ProjectAddParams } from '../../../../runner/protocol/requests.ts';
import type { App } from '../../app.ts';
import { foldersToAdd } from '../../projects/foldersToAdd.ts';
import { windowFolders } from '../../projects/windowFolders.ts';
import type { Command } from '../command.ts';
import { type Actions, say } from '../notify.ts';
import { plainLabel } from '../plainText.ts';
import { folderProblem } from './folderProblem.ts';

/**
 * `given`: `{ here: true }` where the window's only folder is meant without asking, `{ browse: true }` where none is, and
 * `{ path, name, prefix }` of a project that was removed.
 */
export const projectAdd: Command = {
  id: 'panopticon.project.add',
  async run(app, given) {
    const project = removedProject(given) ?? (await chooseProject(app, given));
    if (project === undefined) return;
    const folder = project.path;
    try {
      await add(app, project);
    } catch (error) {
      const problem = error instanceof UserError ? folderProblem(error.code, path.basename(folder)) : undefined;
      if (problem === undefined) throw error;
      const actions: Actions = Object.assign({}, ...problem.helps.map((help) => helpOf[help](app, folder)));
      say('warning', problem.text, actions);
    }
  },
};

const helpOf: Readonly<Record<'initialize' | 'choose', (app: App, folder: string) => Actions>> = {
  initialize: (app, folder) => ({ 'Initialize Repository': () => initializeRepository(app, folder) }),
  choose: () => ({ 'Choose Folder...': () => vscode.commands.executeCommand(projectAdd.id, { browse: true }) }),
};

async function add(app: App, params: ProjectAddParams): Promise<void> {
  const runner = await app.runner.get();
  const project = await runner.projects.add(params);
  app.steps.mark('project');
  await app.projects.refresh();
  const start = () => vscode.commands.executeCommand('panopticon.agent.start');
  say('info', `${project.name} added. Ids of its issues begin with ${project.prefix}-.`, { 'Start Agent': start });
}

/** By VS Code where that means this very folder; elsewhere by a command that waits for Enter in a terminal. */
async function initializeRepository({ terminals }: App, folder: string): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isOnly = folders.length === 1 && folders[0]?.uri.fsPath === folder;
  if (!isOnly || !(await vscode.commands.getCommands(true)).includes('git.init')) {
    return terminals.propose('Initialize Repository', 'git init', folder);
  }
  await vscode.commands.executeCommand('git.init', true);
}

async function chooseProject(app: App, given: unknown): Promise<ProjectAddParams | undefined> {
  const folder = says(given, 'browse') ? await browse() : await chooseFolder(app, says(given, 'here'));
  return folder === undefined ? undefined : { path: folder };
}

async function chooseFolder({ projects }: App, here: boolean): Promise<string | undefined> {
  const folders = foldersToAdd(await windowFolders(), projects.all());
  const [only] = folders;
  if (here && folders.length === 1) return only;
  if (folders.length === 0) return browse();
  const items = folders.map((folder) => ({
    label: plainLabel(path.basename(folder)),
    description: plainLabel(folder),
    folder,
  }));
  const chosen = await vscode.window.showQuickPick([...items, { label: 'Browse...', folder: undefined }], {
    title: 'Add Project',
    placeHolder: 'Which git repository? Nothing tracked in it is changed.',
  });
  if (chosen === undefined) return undefined;
  return chosen.folder ?? browse();
}

async function browse(): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Add Project',
    openLabel: 'Add Project',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0]?.fsPath;
}

function removedProject(given: unknown): ProjectAddParams | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(given));
  const [path, name, prefix] = ['path', 'name', 'prefix'].map((field) => fields.get(field));
  const areTexts = typeof path === 'string' && typeof name === 'string' && typeof prefix === 'string';
  return areTexts ? { path, name, prefix } : undefined;
}

function says(given: unknown, word: 'here' | 'browse'): boolean {
  return typeof given === 'object' && given !== null && new Map(Object.entries(given)).get(word) === true;
}
