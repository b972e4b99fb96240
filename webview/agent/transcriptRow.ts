import { css, html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { TranscriptEntry } from '../../runner/protocol/models.ts';
import { clockTime } from '../shared/ages.ts';
import { baseStyles, codeStyles, linkStyles } from '../shared/baseStyles.ts';
import { textBlocks } from '../shared/textBlocks.ts';
import { fire } from './viewEvents.ts';

/** Characters of one entry that are shown at first; the rest on request. */
const shortLength = 6_000;
/** A person knows what they said: more lines than that, such as the first task, are folded. */
const shownLines = 8;

/** One entry of a conversation. Text is text: of its markup only code blocks are set apart. */
export class TranscriptRow extends LitElement {
  static override readonly styles = [
    baseStyles,
    codeStyles,
    linkStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: 44px minmax(0, 1fr);
        gap: 8px;
        padding: 4px 16px;
      }
      .time {
        font-variant-numeric: tabular-nums;
      }
      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .code {
        margin: 4px 0;
        max-height: 400px;
      }
      .user {
        padding-inline-start: 8px;
        border-inline-start: 2px solid var(--vscode-focusBorder);
      }
      .aside {
        padding-inline-start: 16px;
      }
      summary {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      @media (max-width: 599px) {
        :host {
          padding: 4px 8px;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor entry: TranscriptEntry | undefined;
  @property() accessor runtime = '';
  @property({ type: Number }) accessor key = 0;
  @property({ type: Boolean }) accessor open = false;
  @state() private accessor isWhole = false;

  override render() {
    const { entry } = this;
    if (entry === undefined) return nothing;
    return html`
      <span class="time dim">${clockTime(entry.at)}</span>
      <div class="${entry.kind}${entry.aside ? ' aside' : ''}">${this.content(entry)}</div>
    `;
  }

  private content(entry: TranscriptEntry) {
    switch (entry.kind) {
      case 'user':
        return isLong(entry.text)
          ? this.folded(entry, html`<span class="strong">You</span>`)
          : html`<span class="strong">You</span> ${this.prose(entry.text)}`;
      case 'agent':
        return html`<span class="strong">${entry.aside ? 'subagent' : this.runtime}</span> ${this.prose(entry.text)}`;
      case 'tool':
        return this.folded(entry, html`<span class="strong">${entry.title}</span>`);
      case 'result':
        return this.folded(
          entry,
          entry.failed ? html`<span class="error">failed</span>` : html`<span class="dim">result</span>`,
        );
      case 'note':
        return html`<span class="dim">${this.prose(entry.text)}</span>`;
    }
  }

  private folded(entry: TranscriptEntry, head: unknown) {
    const firstLine =
      entry.text
        .slice(0, 300)
        .split('\n')
        .find((line) => line.trim() !== '')
        // The mark of a heading.
        ?.replace(/^#+ /, '') ?? '';
    if (entry.text === '') return html`${head}`;
    return html`<details
      ?open=${this.open}
      @toggle=${(event: Event) => {
        const isOpen = event.target instanceof HTMLDetailsElement && event.target.open;
        if (isOpen !== this.open) fire(this, 'pan-fold', { key: this.key, isOpen });
      }}
    >
      <summary>${head} <code>${firstLine}</code></summary>
      ${this.open ? html`<pre class="code" tabindex="0" role="group" aria-label="Whole text">${this.shortened(entry.text)}</pre>${this.rest(entry.text)}` : nothing}
    </details>`;
  }

  private prose(text: string) {
    const blocks = textBlocks(this.shortened(text)).map(({ isCode, text: block }) =>
      isCode
        ? html`<pre class="code" tabindex="0" role="group" aria-label="Code">${block}</pre>`
        : html`<div class="text">${block}</div>`,
    );
    return html`${blocks}${this.rest(text)}`;
  }

  private shortened(text: string): string {
    return this.isWhole ? text : text.slice(0, shortLength);
  }

  private rest(text: string) {
    if (this.isWhole || text.length <= shortLength) return nothing;
    return html`<button
      class="link"
      @click=${() => {
        this.isWhole = true;
      }}
    >Show all ${text.length.toLocaleString('en')} characters</button>`;
  }
}

function isLong(text: string): boolean {
  return text.split('\n', shownLines + 1).length > shownLines;
}
