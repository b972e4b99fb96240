import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ulid } from 'ulid';
import type { HookItem } from '../../runner/protocol/models.ts';
import { agentDropMail, agentMail, hookCheck, hookDrop, hookPush } from '../../runner/protocol/requests.ts';
import type { MailItem } from '../../runner/protocol/runtimeChoice.ts';
import { clockTime } from '../shared/ages.ts';
import { baseStyles } from '../shared/baseStyles.ts';
import { Fetched } from '../shared/fetched.ts';
import { type Host, noHost, userErrorOf } from '../shared/host.ts';
import { fire } from './viewEvents.ts';

/** What waits for the agent: work on its hook, and messages. */
export class QueueTab extends LitElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: 8px 16px;
        overflow: auto;
      }
      h2 {
        padding: 8px 0 4px;
        font-size: 13px;
        font-weight: 600;
      }
      h2:not(:first-of-type) {
        padding-top: 16px;
      }
      li {
        display: grid;
        grid-template-columns: 48px 88px minmax(0, 1fr) auto;
        align-items: center;
        gap: 8px;
        padding: 4px 0;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      .row {
        margin-top: 8px;
      }
      .text {
        max-height: 120px;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      vscode-text-field {
        flex: 1;
        min-width: 0;
      }
    `,
  ];

  @property({ attribute: false }) accessor host: Host = noHost;
  @property() accessor issueId = '';
  @property({ type: Boolean }) accessor shown = false;
  /** Work that was written and not added. */
  @property() accessor draft = '';
  @property() accessor blocked = '';
  @state() private accessor failure = '';
  @query('vscode-text-field') private accessor field: Element | null = null;
  /** Names the work until it was taken, so that pushing again after a failure is no second item. */
  private itemId = ulid();
  private readonly hook = new Fetched(this, () => this.host.request(hookCheck, { id: this.issueId }));
  private readonly mail = new Fetched(this, () => this.host.request(agentMail, { id: this.issueId }));

  /** Something may have come or gone. */
  refresh(): void {
    if (!this.shown || this.issueId === '') return;
    this.hook.refresh();
    this.mail.refresh();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('issueId')) {
      this.hook.forget();
      this.mail.forget();
      this.failure = '';
      this.itemId = ulid();
    }
    if (changed.has('issueId') || changed.has('shown')) this.refresh();
  }

  override render() {
    const failure = this.failure || this.hook.error?.message || this.mail.error?.message;
    return html`
      ${failure === undefined ? nothing : html`<p class="error" role="alert">${failure}</p>`}
      <h2>Work on its hook</h2>
      <p class="dim">
        Read when the agent is started next, or when it looks at its hook. What it should know now: tell it below.
      </p>
      ${this.list(this.hook.value, 'Nothing is queued.', (item) => this.hookItem(item))}
      <div class="row">
        <vscode-text-field
          placeholder="What should be done next?"
          .value=${this.draft}
          @input=${() => fire(this, 'pan-draft', { place: 'work', text: this.typed() })}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === 'Enter') this.add();
          }}
          >Work to add</vscode-text-field>
        <vscode-button
          appearance="secondary"
          ?disabled=${this.blocked !== '' || this.draft.trim() === ''}
          title=${this.blocked === '' ? nothing : this.blocked}
          @click=${() => this.add()}
          >Add</vscode-button>
      </div>
      <h2>Messages</h2>
      ${this.list(this.mail.value, 'No messages.', (item) => this.mailItem(item))}
    `;
  }

  private list<T>(items: readonly T[] | undefined, empty: string, draw: (item: T) => unknown) {
    if (items === undefined) return nothing;
    return items.length === 0 ? html`<p class="dim">${empty}</p>` : html`<ul>${items.map(draw)}</ul>`;
  }

  private hookItem({ id, since, state: life, text }: HookItem) {
    const drop = () => this.host.request(hookDrop, { id: this.issueId, itemId: id });
    return this.item(since, life, text, life === 'queued' ? drop : undefined);
  }

  private mailItem({ id, createdAt, state: life, text }: MailItem) {
    const drop = () => this.host.request(agentDropMail, { id: this.issueId, mailId: id });
    return this.item(createdAt, life, text, life === 'queued' ? drop : undefined);
  }

  private item(at: string, life: string, text: string, drop: (() => Promise<unknown>) | undefined) {
    return html`<li>
      <span class="dim">${clockTime(at)}</span>
      <span>${life}</span>
      <span class="text" tabindex="0">${text}</span>
      ${
        drop === undefined
          ? html`<span></span>`
          : html`<vscode-button
              appearance="secondary"
              ?disabled=${this.blocked !== ''}
              title=${this.blocked === '' ? nothing : this.blocked}
              @click=${() => this.act(drop)}
              >Drop</vscode-button>`
      }
    </li>`;
  }

  private typed(): string {
    const { field } = this;
    return field !== null && 'value' in field && typeof field.value === 'string' ? field.value : '';
  }

  private add(): void {
    const { draft: text, issueId, itemId } = this;
    if (text.trim() === '' || this.blocked !== '') return;
    this.act(async () => {
      await this.host.request(hookPush, { id: issueId, itemId, text });
      if (this.itemId === itemId) this.itemId = ulid();
      // By now the view may show another agent, and then this one again.
      if (this.issueId === issueId && this.draft === text) fire(this, 'pan-draft', { place: 'work', text: '' });
    });
  }

  private act(change: () => Promise<unknown>): void {
    this.failure = '';
    change().then(
      () => this.refresh(),
      (error: unknown) => {
        const { message, hint } = userErrorOf(error);
        this.failure = hint === undefined ? message : `${message} ${hint}`;
      },
    );
  }
}
