import * as vscode from 'vscode';
import { UserError } from '../../../runner/protocol/errors.ts';
import { type AgentId, isAgentId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import type { RunnerApi } from '../../../runner/protocol/runnerApi.ts';
import type { Documents } from '../app.ts';
import { machineClock } from '../clock.ts';
import { Refetch } from '../refetch.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import { transcriptText } from './transcriptText.ts';

const scheme = 'panopticon-log';
/** Entries that are shown from the end at first, and fetched at once after that. */
const pageEntries = 1_000;
/** Lines of the terminal, where its tool keeps no conversation. */
const screenLines = 1_000;
/** VS Code takes the whole text again at every change. */
const everyMs = 500;

/** What was read of a conversation that is open. */
interface OpenTranscript {
  text: string;
  cursor: string | undefined;
  refetch: Refetch;
}

/** Conversations as read-only documents, which grow as they go on. */
export class TranscriptDocuments
  implements vscode.TextDocumentContentProvider, Pick<Documents, 'agentAt' | 'openTranscript'>, vscode.Disposable
{
  private readonly runner: Pick<RunnerConnection, 'getUnasked' | 'connected' | 'onDidChange'>;
  private readonly log: { warn(message: string): void };
  private readonly open = new Map</* address */ string, OpenTranscript>();
  /** Editors that looked at the end when their text was about to grow. */
  private following: readonly vscode.TextEditor[] = [];
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(runner: TranscriptDocuments['runner'], log: TranscriptDocuments['log']) {
    this.runner = runner;
    this.log = log;
    this.subscriptions = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.followEnd(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      runner.onDidChange(({ scope: stale, ids }) => {
        if (stale === 'transcripts') this.expire(ids);
      }),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const agentId = agentOf(uri);
    if (agentId === undefined) throw new Error('This address names no agent.');
    return this.read(uri, agentId);
  }

  async openTranscript({ id, issueId }: Agent): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/.panopticon-transcript/${issueId} transcript`, query: id });
    // Says in the runner's own words what is wrong: VS Code passes on only that something is.
    await this.read(uri, id);
    const document = await vscode.workspace.openTextDocument(uri);
    reveal(await vscode.window.showTextDocument(document, { preview: true }));
  }

  agentAt(address: unknown): AgentId | undefined {
    return address instanceof vscode.Uri ? agentOf(address) : undefined;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    for (const { refetch } of this.open.values()) refetch.dispose();
  }

  /** What was read so far; the end of it where nothing was. */
  private async read(uri: vscode.Uri, agentId: AgentId): Promise<string> {
    const key = uri.toString();
    const known = this.open.get(key);
    if (known !== undefined) return known.text;
    const first = await firstText(await this.runner.getUnasked(), agentId);
    this.open.set(key, { ...first, refetch: new Refetch(() => this.readOn(uri, agentId), everyMs, machineClock) });
    return first.text;
  }

  private expire(ids: readonly string[]): void {
    for (const [key, { refetch }] of this.open) {
      const agentId = agentOf(vscode.Uri.parse(key, true));
      if (agentId !== undefined && (ids.length === 0 || ids.includes(agentId))) void refetch.soon();
    }
  }

  /** Reads what came since, page by page. */
  private async readOn(uri: vscode.Uri, agentId: AgentId): Promise<void> {
    const known = this.open.get(uri.toString());
    const runner = this.runner.connected();
    if (known === undefined || runner === undefined) return;
    try {
      const before = known.text;
      if (known.cursor === undefined) Object.assign(known, await firstText(runner, agentId));
      for (let isAll = known.cursor === undefined; !isAll; ) {
        const page = await runner.agents.transcript({ id: agentId, after: known.cursor, limit: pageEntries });
        isAll = page.cursor === known.cursor;
        known.cursor = page.cursor;
        known.text += transcriptText(page.entries);
      }
      if (known.text === before) return;
      this.following = vscode.window.visibleTextEditors.filter(
        (editor) => editor.document.uri.toString() === uri.toString() && isAtEnd(editor),
      );
      this.changed.fire(uri);
    } catch (error) {
      this.log.warn(`The transcript of ${agentId} was not read on: ${String(error)}`);
    }
  }

  private followEnd(document: vscode.TextDocument): void {
    for (const editor of this.following) if (editor.document === document) reveal(editor);
  }

  private forget(uri: vscode.Uri): void {
    this.open.get(uri.toString())?.refetch.dispose();
    this.open.delete(uri.toString());
  }
}

/** The last entries; where the tool keeps none, what its terminal shows. */
async function firstText(runner: RunnerApi, id: AgentId): Promise<{ text: string; cursor: string | undefined }> {
  try {
    const { entries, cursor, more } = await runner.agents.transcript({ id, limit: pageEntries });
    const earlier = more ? '(Earlier entries are in the agent’s panel: Open Agent.)\n' : '';
    return { text: `${earlier}${transcriptText(entries)}`, cursor };
  } catch (error) {
    if (!(error instanceof UserError) || !error.code.startsWith('noTranscript')) throw error;
    const { text } = await runner.agents.log({ id, lines: screenLines });
    return { text, cursor: undefined };
  }
}

function agentOf({ scheme: its, query }: vscode.Uri): AgentId | undefined {
  return its === scheme && isAgentId(query) ? query : undefined;
}

/** The cursor stands on the last line, or that is in sight. */
function isAtEnd({ visibleRanges, selection, document }: vscode.TextEditor): boolean {
  const lastSeen = visibleRanges.at(-1)?.end.line ?? 0;
  return lastSeen >= document.lineCount - 1 || selection.active.line >= document.lineCount - 1;
}

function reveal(editor: vscode.TextEditor): void {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(end, end));
}
