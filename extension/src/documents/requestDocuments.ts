import * as vscode from 'vscode';
import type { AgentRequest } from '../../../runner/protocol/models.ts';
import type { Documents, OpenedRequest } from '../app.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import { closeTabs } from './closeTabs.ts';
import { requestOf, requestPath, requestQuery } from './requestName.ts';
import { requestText } from './requestText.ts';

const scheme = 'panopticon-request';
const gone = 'That request has gone.\n';

/** Requests as read-only documents: the whole of what would be allowed, with the answers in the editor's title. */
export class RequestDocuments
  implements
    vscode.TextDocumentContentProvider,
    Pick<Documents, 'openRequest' | 'activeRequest' | 'requestAt' | 'closeRequest'>,
    vscode.Disposable
{
  private readonly runner: Pick<RunnerConnection, 'getUnasked'>;
  /** Of those that a document showed whole. After a failure VS Code shows that, or an earlier text, in its place. */
  private readonly shown = new Set</* request id */ string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration: vscode.Disposable;

  constructor(runner: Pick<RunnerConnection, 'getUnasked'>) {
    this.runner = runner;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const name = requestOf(uri.query);
    if (name === undefined) return gone;
    this.shown.delete(name.requestId);
    const { requests } = await this.runner.getUnasked();
    const request = (await requests.list({ id: name.agentId })).find(({ id }) => id === name.requestId);
    if (request === undefined) return gone;
    this.shown.add(request.id);
    return requestText(request);
  }

  async openRequest(request: AgentRequest): Promise<void> {
    const query = requestQuery({ agentId: request.agentId, requestId: request.id });
    const uri = vscode.Uri.from({ scheme, path: requestPath(request), query });
    // One that could not show it, as after a reload, is read again.
    if (!this.shown.has(request.id)) this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const isAlone = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
    await vscode.window.showTextDocument(document, {
      viewColumn: isAlone ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
      preview: true,
    });
  }

  activeRequest(): OpenedRequest | undefined {
    return this.requestAt(vscode.window.activeTextEditor?.document.uri);
  }

  requestAt(address: unknown): OpenedRequest | undefined {
    const isOurs = address instanceof vscode.Uri && address.scheme === scheme;
    const name = isOurs ? requestOf(address.query) : undefined;
    return name === undefined ? undefined : { ...name, whole: this.shown.has(name.requestId) };
  }

  closeRequest(requestId: string): Promise<void> {
    return closeTabs((uri) => uri.scheme === scheme && requestOf(uri.query)?.requestId === requestId);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
