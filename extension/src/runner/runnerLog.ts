import * as vscode from 'vscode';
import { FollowedFile } from './followedFile.ts';

const channelName = 'Panopticon Runner';

/** The daemon's log as an output channel; the file is followed only while the channel is on the screen. */
export class RunnerLog {
  private readonly channel = vscode.window.createOutputChannel(channelName, 'log');
  private readonly file: () => string;
  private readonly visibility: vscode.Disposable;
  private followed: FollowedFile | undefined;

  constructor(file: () => string) {
    this.file = file;
    this.visibility = vscode.window.onDidChangeVisibleTextEditors((editors) => {
      this.follow(editors.some(({ document }) => isOurs(document.uri)));
    });
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.followed?.dispose();
    this.visibility.dispose();
    this.channel.dispose();
  }

  private follow(isShown: boolean): void {
    if (isShown === (this.followed !== undefined)) return;
    this.followed?.dispose();
    this.followed = undefined;
    if (!isShown) return;
    this.channel.clear();
    this.followed = new FollowedFile(this.file(), (text) => this.channel.append(text));
  }
}

/** A channel on the screen is an editor whose address ends with the channel's name. */
function isOurs(uri: vscode.Uri): boolean {
  return uri.scheme === 'output' && uri.path.includes(channelName);
}
