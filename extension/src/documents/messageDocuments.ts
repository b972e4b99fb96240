import * as vscode from 'vscode';
import { type IssueId, parseIssueId } from '../../../runner/protocol/issueId.ts';
import type { Documents } from '../app.ts';
import { Drafts } from '../commands/tell/drafts.ts';
import { closeTabs } from './closeTabs.ts';

const scheme = 'panopticon-message';
/** So often a document is saved before it is left open. */
const saves = 3;

/** Messages that are written in an editor. Saving one keeps it as the draft for its agent; Send in the title tells it. */
export class MessageDocuments
  implements
    vscode.FileSystemProvider,
    Pick<Documents, 'openMessage' | 'activeMessage' | 'messageAt' | 'closeMessage'>,
    vscode.Disposable
{
  private readonly drafts: Drafts;
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly registration: vscode.Disposable;
  private savedAt = 0;

  constructor(memento: vscode.Memento) {
    this.drafts = new Drafts(memento);
    this.registration = vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true });
  }

  async openMessage(issueId: IssueId, text: string): Promise<void> {
    const open = documentOf(issueId);
    // What is not saved yet stays: a change below it would never show, and could not be saved over.
    if (open?.isDirty === true) await append(open, notYetIn(open, this.drafts.get([issueId]) ?? '', text));
    else await this.keep(issueId, text);
    const document = await vscode.workspace.openTextDocument(uriOf(issueId));
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const end = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
  }

  activeMessage(): { issueId: IssueId; text: string } | undefined {
    return this.messageAt(vscode.window.activeTextEditor?.document.uri);
  }

  messageAt(address: unknown): { issueId: IssueId; text: string } | undefined {
    const issueId = address instanceof vscode.Uri ? issueOf(address) : undefined;
    const document = issueId === undefined ? undefined : documentOf(issueId);
    return issueId === undefined || document === undefined ? undefined : { issueId, text: document.getText() };
  }

  async closeMessage({ issueId, text }: { issueId: IssueId; text: string }): Promise<void> {
    const isMeant = (uri: vscode.Uri): boolean => issueOf(uri) === issueId;
    const document = documentOf(issueId);
    // Who went on writing while it was told keeps what they wrote.
    if (document !== undefined && document.getText() !== text) return;
    // A document with changes asks before it closes, and VS Code gives up a save at times when it is busy.
    for (let left = saves; left > 0 && document?.isDirty === true; left -= 1) await document.save();
    await closeTabs(isMeant);
    await this.drafts.keep([issueId], undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: this.savedAt, size: this.read(uri).byteLength };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.read(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const issueId = issueOf(uri);
    if (issueId === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    await this.keep(issueId, new TextDecoder().decode(content));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async delete(uri: vscode.Uri): Promise<void> {
    const issueId = issueOf(uri);
    if (issueId !== undefined) await this.drafts.keep([issueId], undefined);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private read(uri: vscode.Uri): Uint8Array {
    const issueId = issueOf(uri);
    if (issueId === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(this.drafts.get([issueId]) ?? '');
  }

  private async keep(issueId: IssueId, text: string): Promise<void> {
    await this.drafts.keep([issueId], text);
    this.savedAt++;
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri: uriOf(issueId) }]);
  }
}

function documentOf(issueId: IssueId): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => issueOf(uri) === issueId);
}

/** What `text` adds to the draft that the document began with; all of it, as a line of its own, where it does not. */
function notYetIn(document: vscode.TextDocument, draft: string, text: string): string {
  if (text.startsWith(draft)) return text.slice(draft.length);
  return document.getText().endsWith('\n') ? text : `\n${text}`;
}

async function append(document: vscode.TextDocument, text: string): Promise<void> {
  if (text === '') return;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, text);
  await vscode.workspace.applyEdit(edit);
}

function uriOf(issueId: IssueId): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/Message to ${issueId}.md` });
}

function issueOf({ scheme: its, path }: vscode.Uri): IssueId | undefined {
  return its === scheme ? parseIssueId(path.replace(/^\/Message to /, '').replace(/\.md$/, '')) : undefined;
}
