import * as vscode from 'vscode';
import type { AgentRequest } from '../../../runner/protocol/models.ts';
import type { Documents } from '../app.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import { closeTabs } from './closeTabs.ts';
import { type RequestName, requestOf, requestPath, requestQuery } from './requestName.ts';
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
  private readonly registration: vscode.Disposable;

  constructor(runner: Pick<RunnerConnection, 'getUnasked'>) {
    this.runner = runner;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const name = requestOf(uri.query);
    if (name === undefined) return gone;
    const { requests } = await this.runner.getUnasked();
    const request = (await requests.list({ id: name.agentId })).find(({ id }) => id === name.requestId);
    return request === undefined ? gone : requestText(request);
  }

  async openRequest(request: AgentRequest): Promise<void> {
    const query = requestQuery({ agentId: request.agentId, requestId: request.id });
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme, path: requestPath(request), query }),
    );
    const isAlone = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
    await vscode.window.showTextDocument(document, {
      viewColumn: isAlone ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
      preview: true,
    });
  }

  activeRequest(): RequestName | undefined {
    return this.requestAt(vscode.window.activeTextEditor?.document.uri);
  }

  requestAt(address: unknown): RequestName | undefined {
    return address instanceof vscode.Uri && address.scheme === scheme ? requestOf(address.query) : undefined;
  }

  closeRequest(requestId: string): Promise<void> {
    return closeTabs((uri) => uri.scheme === scheme && requestOf(uri.query)?.requestId === requestId);
  }

  dispose(): void {
    this.registration.dispose();
  }
}
