import * as vscode from 'vscode';
import { UserError } from '../../../runner/protocol/errors.ts';
import { type IssueId, parseIssueId } from '../../../runner/protocol/issueId.ts';
import type { Documents } from '../app.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import { markdownText } from '../setup/markdownText.ts';
import { issuePage } from './issuePage.ts';

const scheme = 'panopticon-issue';

/** Issues as read-only Markdown documents, which follow what becomes of them. */
export class IssueDocuments
  implements vscode.TextDocumentContentProvider, Pick<Documents, 'openIssue'>, vscode.Disposable
{
  private readonly runner: Pick<RunnerConnection, 'get' | 'getUnasked' | 'onDidChange'>;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(runner: Pick<RunnerConnection, 'get' | 'getUnasked' | 'onDidChange'>) {
    this.runner = runner;
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      runner.onDidChange(({ scope, ids }) => {
        if (scope === 'issues') this.expire(ids);
      }),
      this.changed,
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const id = issueOf(uri);
    if (id === undefined) throw new Error('This address names no issue.');
    try {
      return issuePage(await (await this.runner.getUnasked()).issues.show({ id }));
    } catch (error) {
      // VS Code would go on showing the page as it was.
      if (error instanceof UserError && error.code === 'issueNotFound')
        return `# ${id}\n\n${markdownText(error.message)}\n`;
      throw error;
    }
  }

  async openIssue(issueId: IssueId): Promise<void> {
    // Says in the runner's own words what is wrong, before an empty editor opens.
    await (await this.runner.get()).issues.show({ id: issueId });
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme, path: `/${issueId}.md` }));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private expire(ids: readonly string[]): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      const id = issueOf(uri);
      if (id !== undefined && (ids.length === 0 || ids.includes(id))) this.changed.fire(uri);
    }
  }
}

function issueOf({ scheme: its, path }: vscode.Uri): IssueId | undefined {
  return its === scheme ? parseIssueId(path.slice(1).replace(/\.md$/, '')) : undefined;
}
