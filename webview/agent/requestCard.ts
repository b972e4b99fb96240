import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AgentRequest, AnswerKind } from '../../runner/protocol/models.ts';
import { requestAnswer } from '../../runner/protocol/requests.ts';
import { showUnseen } from '../../runner/protocol/unseenText.ts';
import { clockTimeWithSeconds } from '../shared/ages.ts';
import { baseStyles, codeStyles } from '../shared/baseStyles.ts';
import { type Host, noHost, userErrorOf } from '../shared/host.ts';
import { answersOf, readAnswers } from './questionAnswers.ts';
import { type AnswerButton, answerButtons, requestTitle } from './requestWords.ts';
import { fire } from './viewEvents.ts';

/** A click sooner than this was meant for what stood here before. */
const inertMs = 300;

/** What an agent asks, whole, and the answers that it takes. */
export class RequestCard extends LitElement {
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = [
    baseStyles,
    codeStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 8px;
        min-height: 0;
        padding: 8px 16px;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        border-inline-start: 3px solid var(--vscode-editorWarning-foreground);
      }
      .code {
        /* One line; the text scrolls where there is no room for it. */
        min-height: 34px;
      }
      h2.grow {
        /* A narrow view has the time below it. */
        flex-basis: 220px;
      }
      .questions {
        overflow: auto;
      }
      .buttons {
        flex: none;
      }
      vscode-text-field {
        width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) accessor host: Host = noHost;
  @property({ attribute: false }) accessor request: AgentRequest | undefined;
  /** Why nothing can be answered now. */
  @property() accessor blocked = '';
  /** What was written in answer and not sent: why not, or what the form of its questions has. */
  @property() accessor draft = '';
  @state() private accessor isSending = false;
  @state() private accessor isWriting = false;
  @query('vscode-text-field') private accessor field: HTMLElement | null = null;
  private appearedAt = 0;
  private seen = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('request')) return;
    const seen = JSON.stringify(this.request ?? null);
    if (seen === this.seen) return;
    this.seen = seen;
    this.appearedAt = performance.now();
    this.isWriting = this.draft !== '';
    this.isSending = false;
  }

  override render() {
    const { request } = this;
    if (request === undefined) return nothing;
    return html`
      <div class="row">
        <h2 class="grow">${showUnseen(requestTitle(request))}</h2>
        <span class="dim">since ${clockTimeWithSeconds(request.since)}</span>
      </div>
      ${request.kind === 'question' ? this.form(request) : this.text(request)}
      ${request.answers.length === 0 ? this.inTerminal() : this.buttons(request)}
    `;
  }

  private text({ text, oneLine }: AgentRequest) {
    return html`<pre class="code" tabindex="0" role="group" aria-label="What is asked, whole">${showUnseen(text === '' ? oneLine : text)}</pre>`;
  }

  private form(request: AgentRequest) {
    return html`<pan-request-questions
      class="questions"
      .request=${request}
      .drafts=${readAnswers(this.draft)}
      ?disabled=${this.isBlocked}
    ></pan-request-questions>`;
  }

  private inTerminal() {
    return html`<div class="row buttons">
      <span>This can only be answered in its terminal.</span>
      <vscode-button @click=${() => this.whenMeant(() => fire(this, 'pan-act', { act: 'attach' }))}>Attach</vscode-button>
    </div>`;
  }

  private buttons(request: AgentRequest) {
    if (request.kind === 'question') return this.questionButton(request);
    if (this.isWriting) return this.writing();
    return html`<div class="row buttons">
      ${answerButtons(request).map(
        (button) => html`<vscode-button
          appearance=${button.isPrimary ? 'primary' : 'secondary'}
          ?disabled=${this.isBlocked}
          title=${this.blocked === '' ? nothing : this.blocked}
          @click=${() => this.whenMeant(() => this.press(button))}
          >${button.label}</vscode-button>`,
      )}
    </div>`;
  }

  private questionButton({ questions }: AgentRequest) {
    const answers = answersOf(questions, readAnswers(this.draft));
    const missing = questions.length === 1 ? 'Choose or write an answer.' : 'Every question needs an answer.';
    return html`<div class="row buttons">
      <vscode-button
        ?disabled=${this.isBlocked || answers === undefined}
        title=${this.blocked === '' ? (answers === undefined ? missing : nothing) : this.blocked}
        @click=${() => this.whenMeant(() => this.send('text', answers ?? []))}
        >${questions.length === 1 ? 'Send Answer' : 'Send Answers'}</vscode-button>
    </div>`;
  }

  private writing() {
    return html`
      <vscode-text-field
        placeholder="What should it do instead?"
        .value=${this.draft}
        @input=${() => this.keep(this.typed())}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        >Why not</vscode-text-field>
      <div class="row buttons">
        <vscode-button ?disabled=${this.isBlocked} @click=${() => this.sendWords()}
          >${this.request?.kind === 'plan' ? 'Reject Plan' : 'Deny'}</vscode-button>
        <vscode-button
          appearance="secondary"
          @click=${() => {
            this.isWriting = false;
            this.keep('');
          }}
          >Cancel</vscode-button>
      </div>
    `;
  }

  private get isBlocked(): boolean {
    return this.blocked !== '' || this.isSending;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.sendWords();
    if (event.key === 'Escape') this.isWriting = false;
  }

  private sendWords(): void {
    const words = this.typed().trim();
    if (words !== '') this.send('text', [words]);
  }

  private typed(): string {
    const { field } = this;
    return field !== null && 'value' in field && typeof field.value === 'string' ? field.value : '';
  }

  private keep(text: string): void {
    if (this.request !== undefined) fire(this, 'pan-draft', { place: `request ${this.request.id}`, text });
  }

  private press({ answer, needsText }: AnswerButton): void {
    if (needsText) void this.startWriting();
    else this.send(answer, []);
  }

  private async startWriting(): Promise<void> {
    this.isWriting = true;
    await this.updateComplete;
    this.field?.focus();
  }

  private whenMeant(act: () => void): void {
    if (performance.now() - this.appearedAt >= inertMs && !this.isBlocked) act();
  }

  /** The answer is to the request that is shown, whatever else is asked meanwhile. */
  private send(answer: AnswerKind, texts: string[]): void {
    const { request } = this;
    if (request === undefined) return;
    this.isSending = true;
    const params = { id: request.issueId, requestId: request.id, answer, texts };
    this.host.request(requestAnswer, params).then(
      ({ detail }) => {
        fire(this, 'pan-draft', { place: `request ${request.id}`, text: '' });
        fire(this, 'pan-answered', { text: detail, failed: false });
      },
      (error: unknown) => {
        const { message, hint } = userErrorOf(error);
        this.isSending = false;
        fire(this, 'pan-answered', { text: hint === undefined ? message : `${message} ${hint}`, failed: true });
      },
    );
  }
}
