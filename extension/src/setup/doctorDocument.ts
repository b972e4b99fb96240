import * as vscode from 'vscode';
import type { DoctorReport } from '../../../runner/protocol/models.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import type { Doctor } from './doctor.ts';
import { doctorPage } from './doctorPage.ts';

const scheme = 'panopticon-doctor';
const page = vscode.Uri.from({ scheme, path: '/Panopticon Doctor.md' });

export interface DoctorDocumentDeps {
  runner: Pick<RunnerConnection, 'state' | 'failure'>;
  doctor: Doctor;
  home(): string;
  version: string;
  log: { error(error: Error): void };
}

/** The doctor's page, as a Markdown preview: in a preview, links cannot run commands, whatever a check says. */
export class DoctorDocument implements vscode.TextDocumentContentProvider {
  private readonly deps: DoctorDocumentDeps;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  private text = '';

  readonly onDidChange = this.changed.event;

  constructor(deps: DoctorDocumentDeps) {
    this.deps = deps;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(): string {
    return this.text;
  }

  /** Looks at everything again and shows the page. */
  async open(): Promise<void> {
    const { runner, home, version, log } = this.deps;
    const report = await this.ask();
    this.text = doctorPage({
      report,
      state: runner.state,
      failure: report === undefined ? runner.failure : undefined,
      home: home(),
      extensionVersion: version,
      place: vscode.env.remoteName === undefined ? `on ${process.platform}` : `on ${vscode.env.remoteName}`,
    });
    this.changed.fire(page);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', page);
    } catch (error) {
      // The preview is an extension of its own, and can be switched off.
      if (error instanceof Error) log.error(error);
      await vscode.window.showTextDocument(page, { preview: true });
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private async ask(): Promise<DoctorReport | undefined> {
    const { runner, doctor } = this.deps;
    // A doctor looks; one who wants the runner started says so elsewhere.
    if (runner.state === 'down') return undefined;
    try {
      return await doctor.examine();
    } catch (error) {
      if (error instanceof Error) this.deps.log.error(error);
      return undefined;
    }
  }
}
