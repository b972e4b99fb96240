import * as vscode from 'vscode';
import type { IssueId } from '../../../runner/protocol/issueId.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import { type BaseFileName, baseFileOf, baseQuery } from './baseFileName.ts';

const scheme = 'panopticon-base';

/**
 * The address of a file as the base of a workspace has it.
 *
 * @param now the file in the workspace: VS Code shows a file as renamed where the paths of the two sides differ
 */
export function baseFileUri(file: BaseFileName, now: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({ scheme, path: now.path, query: baseQuery(file) });
}

/**
 * Files as bases have them, read-only, as bytes: images are compared, too. A commit never changes, so nothing is
 * watched.
 */
export class BaseFiles implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly runner: Pick<RunnerConnection, 'getUnasked'>;
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly registration: vscode.Disposable;
  /** Of the last file: VS Code asks for its facts and then for its bytes. */
  private last: { key: string; bytes: Promise<Uint8Array> } | undefined;

  constructor(runner: Pick<RunnerConnection, 'getUnasked'>) {
    this.runner = runner;
    this.registration = vscode.workspace.registerFileSystemProvider(scheme, this, {
      isReadonly: true,
      isCaseSensitive: true,
    });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { length } = await this.read(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: length };
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.read(uri);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private read(uri: vscode.Uri): Promise<Uint8Array> {
    const key = uri.toString();
    if (this.last?.key === key) return this.last.bytes;
    const bytes = this.fetch(uri);
    this.last = { key, bytes };
    // A failure is asked for again.
    bytes.catch(() => {
      if (this.last?.bytes === bytes) this.last = undefined;
    });
    return bytes;
  }

  private async fetch(uri: vscode.Uri): Promise<Uint8Array> {
    const file = baseFileOf(uri.query);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const { base64 } = await (await this.runner.getUnasked()).workspaces.file({
      id: file.issueId satisfies IssueId,
      path: file.path,
      commit: file.commit,
    });
    if (base64 === null) throw vscode.FileSystemError.FileNotFound(uri);
    return Buffer.from(base64, 'base64');
  }
}
