import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Explanation } from '../../runner/protocol/models.ts';
import { agentLog, workspaceChanges } from '../../runner/protocol/requests.ts';
import { baseStyles, codeStyles } from '../shared/baseStyles.ts';
import { Fetched } from '../shared/fetched.ts';
import { type Host, noHost } from '../shared/host.ts';
import { takeStep } from './nextStep.ts';
import { stateNote } from './stateNote.ts';

const lastLines = 20;

/** Says why an agent does not go on by itself, and the next step. */
export class StateNoteBlock extends LitElement {
  static override readonly styles = [
    baseStyles,
    codeStyles,
    css`
      .block {
        display: flex;
        flex-direction: column;
        gap: 8px;
        padding: 8px 16px;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      .big {
        font-size: 26px;
        font-variant-numeric: tabular-nums;
        line-height: 1.2;
      }
      .code {
        max-height: 30vh;
      }
      .text {
        overflow-wrap: anywhere;
      }
      vscode-progress-ring {
        width: 16px;
        height: 16px;
      }
    `,
  ];

  @property({ attribute: false }) accessor host: Host = noHost;
  @property({ attribute: false }) accessor explanation: Explanation | undefined;
  @property() accessor blocked = '';
  private readonly log = new Fetched(this, () => this.host.request(agentLog, { id: this.issueId, lines: lastLines }));
  /** Asked only to learn whether the workspace is there. */
  private readonly changes = new Fetched(this, () => this.host.request(workspaceChanges, { id: this.issueId }));

  /** The workspace may have come or gone. */
  refresh(): void {
    if (this.hasEnded) this.changes.refresh();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('explanation')) return;
    const agent = this.explanation?.agent;
    const before = changed.get('explanation')?.agent;
    if (before?.id !== agent?.id || !this.hasEnded) this.changes.forget();
    const isNew = before?.id !== agent?.id || before?.since !== agent?.since;
    if (this.hasEnded && isNew) this.changes.refresh();
    if (agent?.status !== 'crashed') this.log.forget();
    else if (isNew) this.log.refresh();
  }

  override render() {
    const note = this.explanation === undefined ? undefined : stateNote(this.explanation, this.workspaceIsGone);
    if (note === undefined) return nothing;
    const { big, button, isBusy, showsLastLines, text } = note;
    return html`<div class="block">
      ${big === null ? nothing : html`<div class="big">${big}</div>`}
      <div class="row">
        ${isBusy ? html`<vscode-progress-ring aria-label="Starting"></vscode-progress-ring>` : nothing}
        <span class="text grow">${text}</span>
        ${
          button === null
            ? nothing
            : html`<vscode-button
                ?disabled=${this.blocked !== ''}
                title=${this.blocked === '' ? nothing : this.blocked}
                @click=${() => takeStep(this, button)}
                >${button.label}</vscode-button>`
        }
      </div>
      ${showsLastLines && this.log.value !== undefined ? html`<pre class="code" tabindex="0" role="group" aria-label="Its last lines">${this.log.value.text}</pre>` : nothing}
    </div>`;
  }

  private get issueId(): string {
    return this.explanation?.agent.issueId ?? '';
  }

  private get hasEnded(): boolean {
    return ['crashed', 'stopped', 'done'].includes(this.explanation?.agent.status ?? '');
  }

  private get workspaceIsGone(): boolean {
    return ['workspaceUnknown', 'workspaceMissing'].includes(this.changes.error?.code ?? '');
  }
}
