import * as vscode from 'vscode';
import type { App, Documents } from './app.ts';
import { startAttention } from './attention/startAttention.ts';
import { machineClock } from './clock.ts';
import { AnswerDrafts } from './commands/answer/answerDrafts.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { ContextKeys } from './contextKeys.ts';
import { BaseFiles } from './documents/baseFiles.ts';
import { Changes } from './documents/changes.ts';
import { IssueDocuments } from './documents/issueDocuments.ts';
import { MessageDocuments } from './documents/messageDocuments.ts';
import { RequestDocuments } from './documents/requestDocuments.ts';
import { TranscriptDocuments } from './documents/transcriptDocuments.ts';
import { FleetImpl } from './fleet/fleetImpl.ts';
import { SeenAgentsStore } from './fleet/seenAgents.ts';
import { keepContextKeys } from './keepContextKeys.ts';
import { AgentPanels } from './panels/agentPanels.ts';
import { Projects } from './projects/projects.ts';
import { windowFolders } from './projects/windowFolders.ts';
import { createRunnerConnection } from './runner/createRunnerConnection.ts';
import { RunnerLog } from './runner/runnerLog.ts';
import { tellWhenLost } from './runner/tellWhenLost.ts';
import { settingsFrom } from './settings.ts';
import { Doctor } from './setup/doctor.ts';
import { DoctorDocument } from './setup/doctorDocument.ts';
import { DoneSteps } from './setup/doneSteps.ts';
import { showDoneSteps } from './setup/showDoneSteps.ts';
import { AgentTerminals } from './terminals/agentTerminals.ts';
import { keepPanOnPath } from './terminals/panOnPath.ts';
import { TreeViews } from './views/treeViews.ts';

/**
 * Wires the extension to VS Code; everything created here is disposed through `context.subscriptions`. Answers its parts
 * to tests in an extension host of their own, and nothing to other extensions.
 */
export function activate(context: vscode.ExtensionContext): App | undefined {
  const own = <T extends { dispose(): unknown }>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const version: string = context.extension.packageJSON.version;
  const log = own(vscode.window.createOutputChannel('Panopticon', { log: true }));
  const settings = settingsFrom((key) => vscode.workspace.getConfiguration('panopticon').get(key));
  const contextKeys = new ContextKeys((key, value) => void vscode.commands.executeCommand('setContext', key, value));

  const { runner, home } = createRunnerConnection(context, settings, log);
  const runnerLog = own(new RunnerLog(() => vscode.Uri.joinPath(vscode.Uri.file(home()), 'log', 'daemon.log').fsPath));
  const projects = own(new Projects({ runner, folders: windowFolders, log }));
  own(vscode.workspace.onDidChangeWorkspaceFolders(() => projects.refreshSoon()));
  const fleet = own(new FleetImpl({ runner, clock: machineClock, log }));
  const seen = own(new SeenAgentsStore(context.globalState));
  const doctor = new Doctor(runner, contextKeys);
  const steps = new DoneSteps(context.globalState, contextKeys);

  const doctorDocument = own(new DoctorDocument({ runner, doctor, home, version, log }));
  own(new BaseFiles(runner));
  const changes = new Changes({ runner, fleet, settings });
  const issueDocuments = own(new IssueDocuments(runner));
  const messages = own(new MessageDocuments(context.workspaceState));
  const requests = own(new RequestDocuments(runner));
  const transcripts = own(new TranscriptDocuments(runner, log));
  const documents: Documents = {
    openTranscript: (agent) => transcripts.openTranscript(agent),
    openRequest: (request) => requests.openRequest(request),
    activeRequest: () => requests.activeRequest(),
    requestAt: (address) => requests.requestAt(address),
    agentAt: (address) => requests.requestAt(address)?.agentId ?? transcripts.agentAt(address),
    closeRequest: (requestId) => requests.closeRequest(requestId),
    openMessage: (issueId, text) => messages.openMessage(issueId, text),
    activeMessage: () => messages.activeMessage(),
    messageAt: (address) => messages.messageAt(address),
    closeMessage: (message) => messages.closeMessage(message),
    openIssue: (issueId) => issueDocuments.openIssue(issueId),
    openChanges: (target) => changes.openChanges(target),
    openFileChange: (issueId, path) => changes.openFileChange(issueId, path),
    openDoctor: async () => {
      steps.mark('doctor');
      await doctorDocument.open();
    },
  };
  const terminals = own(new AgentTerminals(runner, settings));
  const panels = own(new AgentPanels({ context, documents, fleet, log, runner, steps }));
  const views = own(
    new TreeViews({
      runner,
      fleet,
      projects,
      seen,
      settings,
      clock: machineClock,
      log,
      activeAgent: () =>
        panels.activeAgent() ??
        terminals.activeAgent() ??
        documents.agentAt(vscode.window.activeTextEditor?.document.uri),
      setEmpty: (view, isEmpty) => contextKeys.set(`${view}.empty`, isEmpty),
      setFiltered: (isFiltered) => contextKeys.set('issues.filtered', isFiltered),
    }),
  );

  const app: App = {
    context,
    log,
    settings,
    contextKeys,
    runner,
    home,
    runnerLog,
    projects,
    fleet,
    seen,
    views,
    panels,
    documents,
    terminals,
    answerDrafts: new AnswerDrafts(),
    doctor,
    steps,
  };
  own(registerCommands(app));
  own(startAttention(app, views.agentsView));
  const onDidFocus = (listener: () => void): vscode.Disposable =>
    vscode.window.onDidChangeWindowState(({ focused }) => void (focused && listener()));
  for (const kept of keepContextKeys({ runner, projects, fleet, doctor, steps, keys: contextKeys, onDidFocus, log })) {
    own(kept);
  }
  own(keepPanOnPath(context, settings, home));
  own(tellWhenLost(runner));
  own(showDoneSteps(steps));

  if (runner.state === 'starting') runner.start();
  log.info(`Panopticon ${version} is active.`);
  return context.extensionMode === vscode.ExtensionMode.Test ? app : undefined;
}
