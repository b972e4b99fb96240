import * as vscode from 'vscode';
import { UserError } from '../../../runner/protocol/errors.ts';
import type { AgentId, IssueId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import type { Terminals } from '../app.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import type { Settings } from '../settings.ts';

/** The terminals that this window opened. None is restored after a reload: what is in them is a view of tmux. */
export class AgentTerminals implements Terminals {
  private readonly runner: Pick<RunnerConnection, 'get'>;
  private readonly settings: Pick<Settings, 'terminalLocation'>;
  private readonly attached = new Map<AgentId, vscode.Terminal>();
  /** Terminals that are being opened: a second click waits for the first one's. */
  private readonly opening = new Map<AgentId, Promise<vscode.Terminal>>();
  private readonly opened = new Map</* path of the workspace */ string, vscode.Terminal>();
  private readonly closeListener: vscode.Disposable;

  constructor(runner: Pick<RunnerConnection, 'get'>, settings: Pick<Settings, 'terminalLocation'>) {
    this.runner = runner;
    this.settings = settings;
    this.closeListener = vscode.window.onDidCloseTerminal((closed) => {
      forget(this.attached, closed);
      forget(this.opened, closed);
    });
  }

  async attach(agent: Agent): Promise<void> {
    const terminal = this.attached.get(agent.id) ?? (await (this.opening.get(agent.id) ?? this.open(agent)));
    terminal.show();
  }

  activeAgent(): AgentId | undefined {
    const active = vscode.window.activeTerminal;
    return [...this.attached].find(([, terminal]) => terminal === active)?.[0];
  }

  openIn({ issueId, path }: { issueId: IssueId; path: string }): void {
    const terminal =
      this.opened.get(path) ??
      vscode.window.createTerminal({ name: issueId, cwd: path, iconPath: new vscode.ThemeIcon('git-branch') });
    this.opened.set(path, terminal);
    terminal.show();
  }

  propose(name: string, command: string, folder?: string): void {
    // A line break, however it is written, would run what a person has not read.
    if (/\p{Cc}/u.test(command)) throw new Error('A command with control characters is not typed.');
    const terminal = vscode.window.createTerminal({
      name,
      iconPath: new vscode.ThemeIcon('tools'),
      ...(folder === undefined ? {} : { cwd: folder }),
    });
    terminal.show();
    terminal.sendText(command, false);
  }

  dispose(): void {
    this.closeListener.dispose();
  }

  private async open(agent: Agent): Promise<vscode.Terminal> {
    const opening = this.create(agent);
    this.opening.set(agent.id, opening);
    try {
      return await opening;
    } finally {
      this.opening.delete(agent.id);
    }
  }

  private async create({ id, issueId, runtime }: Agent): Promise<vscode.Terminal> {
    const { agents } = await this.runner.get();
    const target = await agents.attachTarget({ id: issueId });
    const [program, ...args] = target.argv;
    if (target.kind !== 'tmux' || program === undefined) throw cannotAttach(issueId, target.kind);
    const terminal = vscode.window.createTerminal({
      name: `${issueId} · ${runtime}`,
      shellPath: program,
      shellArgs: args,
      // tmux refuses to attach inside of another one, and this variable is how it tells.
      env: { TMUX: null, TMUX_PANE: null },
      location: this.location(),
      iconPath: new vscode.ThemeIcon('eye'),
      isTransient: true,
    });
    this.attached.set(id, terminal);
    return terminal;
  }

  private location(): vscode.TerminalLocation {
    return this.settings.terminalLocation() === 'panel'
      ? vscode.TerminalLocation.Panel
      : vscode.TerminalLocation.Editor;
  }
}

function forget<K>(terminals: Map<K, vscode.Terminal>, closed: vscode.Terminal): void {
  for (const [key, terminal] of terminals) if (terminal === closed) terminals.delete(key);
}

function cannotAttach(issueId: IssueId, kind: string): UserError {
  return new UserError({
    code: 'attachKind',
    message: `${issueId} runs where this version cannot look (${kind}).`,
    hint: 'Update the extension.',
  });
}
