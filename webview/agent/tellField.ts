import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { UserErrorData } from '../../runner/protocol/errors.ts';
import type { Agent } from '../../runner/protocol/models.ts';
import { agentTell, agentTellPreview } from '../../runner/protocol/requests.ts';
import type { MailItem } from '../../runner/protocol/runtimeChoice.ts';
import { baseStyles, linkStyles } from '../shared/baseStyles.ts';
import { Fetched } from '../shared/fetched.ts';
import { type Host, noHost, userErrorOf } from '../shared/host.ts';
import { isMac } from '../shared/isMac.ts';
import { receiptNow, type Told } from './receipt.ts';
import { fire } from './viewEvents.ts';

type Sent =
  | { kind: 'none' | 'sending' }
  | ({ kind: 'told' } & Told)
  | { kind: 'failed'; error: UserErrorData; text: string };

/** The field at the bottom: what is typed there goes to the agent, and the line below it says what became of it. */
export class TellField extends LitElement {
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = [
    baseStyles,
    linkStyles,
    css`
      :host {
        display: block;
        padding: 8px 16px;
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      .field {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      vscode-text-area {
        flex: 1;
        min-width: 0;
      }
      vscode-text-area::part(control) {
        min-width: 0;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
        min-height: 19px;
        margin-top: 4px;
      }
    `,
  ];

  @property({ attribute: false }) accessor host: Host = noHost;
  @property() accessor issueId = '';
  @property() accessor draft = '';
  /** Why nothing can be sent now. */
  @property() accessor blocked = '';
  /** Whether the runner was stopped, and can be started from here. */
  @property({ type: Boolean }) accessor canStart = false;
  @property() accessor status: Agent['status'] | undefined;
  /** What it was told, oldest first. */
  @property({ attribute: false }) accessor mail: readonly MailItem[] | undefined;
  @state() private accessor sent: Sent = { kind: 'none' };
  @query('vscode-text-area') private accessor field: HTMLElement | null = null;
  private readonly preview = new Fetched(this, () => this.host.request(agentTellPreview, { id: this.issueId }));

  /** What a message would do may have changed. */
  refresh(): void {
    if (this.issueId !== '') this.preview.refresh();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('issueId')) return;
    this.sent = { kind: 'none' };
    this.preview.forget();
    this.refresh();
  }

  override render() {
    const isBlocked = this.blocked !== '' || this.sent.kind === 'sending';
    return html`
      <div class="field">
        <vscode-text-area
          rows="2"
          placeholder="Tell ${this.issueId}..."
          .value=${this.draft}
          @input=${(event: Event) => fire(this, 'pan-draft', { place: 'message', text: textOf(event) })}
          @keydown=${(event: KeyboardEvent) => this.onKey(event)}
          >Message to the agent</vscode-text-area>
        <vscode-button
          appearance="secondary"
          ?disabled=${isBlocked || this.draft.trim() === ''}
          title=${this.blocked === '' ? (isMac() ? 'Cmd+Enter' : 'Ctrl+Enter') : this.blocked}
          @click=${() => this.send(this.draft)}
          >Send</vscode-button>
      </div>
      <div class="line dim" role="status">${this.line()}</div>
    `;
  }

  private line() {
    const { sent } = this;
    if (this.canStart) {
      return html`<span>${this.blocked}</span>
        <button class="link" @click=${() => fire(this, 'pan-act', { act: 'startRunner' })}>Start Runner</button>`;
    }
    if (this.blocked !== '') return this.blocked;
    if (sent.kind === 'sending') return 'Sending…';
    if (sent.kind === 'failed') {
      const { message, hint } = sent.error;
      return html`<span class="error">Not delivered: ${message}</span> ${hint ?? nothing}
        <vscode-button appearance="secondary" @click=${() => this.send(sent.text)}>Try Again</vscode-button>`;
    }
    if (sent.kind === 'told' && this.draft === '') {
      const receipt = receiptNow(sent, this);
      if (receipt !== undefined)
        return html`<span class=${sent.result.outcome === 'failed' ? 'error' : ''}>${receipt}</span>`;
    }
    // What a message would have done before is not true of an agent that takes none.
    return this.preview.error?.message ?? this.preview.value?.detail;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      this.field?.blur();
      if (this.shadowRoot?.activeElement instanceof HTMLElement) this.shadowRoot.activeElement.blur();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.send(this.draft);
    }
  }

  private send(text: string): void {
    if (text.trim() === '' || this.blocked !== '' || this.sent.kind === 'sending') return;
    const { issueId } = this;
    const settle = (sent: Sent) => {
      if (issueId === this.issueId) this.sent = sent;
    };
    this.sent = { kind: 'sending' };
    this.host.request(agentTell, { id: issueId, text }).then(
      (result) => {
        const { mail, status } = this;
        settle({ kind: 'told', text, result, mail, status });
        if (result.outcome !== 'failed') fire(this, 'pan-sent', { issueId, text });
      },
      (error: unknown) => settle({ kind: 'failed', error: userErrorOf(error), text }),
    );
  }
}

function textOf({ target }: Event): string {
  return target instanceof HTMLElement && 'value' in target && typeof target.value === 'string' ? target.value : '';
}
