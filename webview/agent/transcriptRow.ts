import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isFolded, matchesIn, patternOf, shownTexts } from '../../runner/protocol/foundText.ts';
import type { TranscriptEntry } from '../../runner/protocol/models.ts';
import { textBlocks } from '../../runner/protocol/textBlocks.ts';
import { clockTime } from '../shared/ages.ts';
import { baseStyles, codeStyles, linkStyles } from '../shared/baseStyles.ts';
import { markedText } from './markedText.ts';
import { fire } from './viewEvents.ts';

/** Characters of one entry that are shown at first; the rest on request. */
const shortLength = 6_000;

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
      mark {
        color: var(--vscode-editor-foreground);
        background: var(--vscode-editor-findMatchHighlightBackground, transparent);
        outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent);
      }
      mark.current {
        outline: 2px solid var(--vscode-editor-findMatchBorder, var(--vscode-focusBorder));
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
  /** What is looked for in the conversation; empty for nothing. */
  @property() accessor sought = '';
  /** Which match in this entry is the one where the person stands, from its top, from 0; -1 for none. */
  @property({ type: Number }) accessor current = -1;
  @state() private accessor isWhole = false;
  @query('mark.current') private accessor currentMark: HTMLElement | null = null;
  private pattern: RegExp | undefined;

  /** The match where the person stands, in sight within its block; null where it is not drawn. */
  markInSight(): HTMLElement | null {
    const { currentMark: mark } = this;
    const block = mark?.closest('.code');
    if (mark !== null && block instanceof HTMLElement) {
      const middle = block.getBoundingClientRect().top + block.clientHeight / 2;
      block.scrollTop += mark.getBoundingClientRect().top - middle;
    }
    return mark;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('sought')) this.pattern = this.sought === '' ? undefined : patternOf(this.sought);
    const { current, entry, pattern } = this;
    if (entry === undefined || pattern === undefined || current === -1) return;
    const shown = shownTexts({ ...entry, text: this.shortened(entry.text) });
    if (shown.reduce((sum, text) => sum + matchesIn(text, pattern).length, 0) <= current) this.isWhole = true;
  }

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
        return isFolded(entry)
          ? this.folded(entry, html`<span class="strong">You</span>`)
          : html`<span class="strong">You</span> ${this.prose(entry.text)}`;
      case 'agent':
        return html`<span class="strong">${entry.aside ? 'subagent' : this.runtime}</span> ${this.prose(entry.text)}`;
      case 'tool':
        return this.folded(entry, html`<span class="strong">${this.marked(entry.title, 0)}</span>`);
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
      <summary>${head} <code>${this.open ? firstLine : this.marked(firstLine, -1)}</code></summary>
      ${this.open ? html`<pre class="code" tabindex="0" role="group" aria-label="Whole text">${this.marked(this.shortened(entry.text), this.countIn(entry.kind === 'tool' ? entry.title : ''))}</pre>${this.rest(entry.text)}` : nothing}
    </details>`;
  }

  private prose(text: string) {
    let before = 0;
    const blocks = textBlocks(this.shortened(text)).map(({ isCode, text: block }) => {
      const marked = this.marked(block, before);
      before += this.countIn(block);
      return isCode
        ? html`<pre class="code" tabindex="0" role="group" aria-label="Code">${marked}</pre>`
        : html`<div class="text">${marked}</div>`;
    });
    return html`${blocks}${this.rest(text)}`;
  }

  /** Text with its matches marked; `before` are those of the entry that stand above it, -1 where it is shown twice. */
  private marked(text: string, before: number) {
    if (this.pattern === undefined) return text;
    return markedText(text, this.pattern, before === -1 || this.current === -1 ? -1 : this.current - before);
  }

  private countIn(text: string): number {
    return this.pattern === undefined ? 0 : matchesIn(text, this.pattern).length;
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
