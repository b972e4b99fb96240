import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Time } from '../../runner/protocol/models.ts';
import { baseStyles } from '../shared/baseStyles.ts';
import { type Host, noHost } from '../shared/host.ts';
import { ConversationReader } from './conversationReader.ts';
import { type Anchor, anchorAt, type RowWindow, rowWindow, scrollTopOf } from './rowWindow.ts';
import { TranscriptRow } from './transcriptRow.ts';

/** Nearer to the beginning than this, in pixels, older entries are asked for. */
const olderWithin = 800;
/** What a row is taken to be high until it was drawn. */
const guessedHeight = 27;

/** The conversation. Only the rows near the view are drawn, and it follows the end only while it is there. */
export class LiveTab extends LitElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        position: relative;
        display: block;
        min-height: 0;
      }
      .scroller {
        height: 100%;
        overflow-y: auto;
        overflow-anchor: none;
      }
      .scroller:focus-visible {
        outline-offset: -1px;
      }
      .hint {
        padding: 8px 16px;
      }
      .newer {
        position: absolute;
        inset-inline-end: 24px;
        bottom: 8px;
      }
    `,
  ];

  @property({ attribute: false }) accessor host: Host = noHost;
  @property() accessor issueId = '';
  @property() accessor runtime = '';
  /** Where the person had scrolled to, when the view was there before; null: the end. */
  @property({ attribute: false }) accessor place: Time | null = null;
  @state() private accessor unread = 0;
  @query('.scroller') private accessor scroller: HTMLElement | null = null;
  @query('.rows') private accessor rows: HTMLElement | null = null;

  private readonly reader = new ConversationReader(this, () => ({ host: this.host, id: this.issueId }));
  private readonly heights = new Map</* key */ number, number>();
  private readonly open = new Set</* key */ number>();
  private readonly sizes = new ResizeObserver((changes) => this.measure(changes));
  private anchor: Anchor = 'end';
  /** As the rows were laid out last: what a scroll event is about. */
  private drawnHeights: readonly number[] = [];
  private drawnFirstKey = 0;
  private drawn: RowWindow = { first: 0, end: 0, above: 0, below: 0 };
  private appliedTop = -1;

  /** More may have been said. */
  refresh(): void {
    this.reader.readNewer();
  }

  /** The time of the entry at the upper edge; null at the end. */
  get currentPlace(): Time | null {
    return this.anchor === 'end' ? null : (this.reader.entries[this.anchor.index]?.at ?? null);
  }

  /** To the message before or after the one at the upper edge; what tools say is passed over. */
  step(direction: -1 | 1): void {
    const { entries } = this.reader;
    const from = this.anchor === 'end' ? this.firstVisible() : this.anchor.index;
    const isMessage = (index: number) => ['user', 'agent'].includes(entries[index]?.kind ?? '');
    for (let index = from + direction; index >= 0 && index < entries.length; index += direction) {
      if (!isMessage(index)) continue;
      this.anchor = { index, offset: 0 };
      this.requestUpdate();
      return;
    }
    if (direction === 1) this.toEnd();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('issueId')) {
      this.heights.clear();
      this.open.clear();
      this.anchor = 'end';
      this.unread = 0;
      void this.reader.readAgain(this.place).then((index) => {
        if (index !== undefined) this.anchor = { index, offset: 0 };
        this.requestUpdate();
      });
    }
    const { firstKey } = this.reader;
    const older = this.drawnFirstKey - firstKey;
    if (this.anchor !== 'end' && older > 0 && this.drawnHeights.length > 0) {
      this.anchor = { ...this.anchor, index: this.anchor.index + older };
    }
    if (this.anchor !== 'end') this.unread += this.reader.takeArrived();
    else this.reader.takeArrived();
    this.drawnFirstKey = firstKey;
    this.drawnHeights = this.reader.entries.map((_, index) => this.heights.get(firstKey + index) ?? guessedHeight);
    if (this.anchor === 'end') this.unread = 0;
  }

  override render() {
    const { entries, error, firstKey, hasOlder, isKnown } = this.reader;
    const viewHeight = this.scroller?.clientHeight ?? 600;
    const top = scrollTopOf(this.drawnHeights, this.anchor, viewHeight);
    this.drawn = rowWindow(this.drawnHeights, top, viewHeight);
    const { first, end } = this.drawn;
    const keys = Array.from({ length: end - first }, (_, index) => firstKey + first + index);
    return html`
      <div
        class="scroller"
        tabindex="0"
        role="region"
        aria-label="Conversation"
        @scroll=${() => this.onScroll()}
        @scrollend=${() => this.dispatchEvent(new Event('place'))}
        @pan-fold=${(event: HTMLElementEventMap['pan-fold']) => this.fold(event.detail)}
      >
        ${hasOlder && first === 0 ? html`<p class="hint dim">Earlier messages load on scroll.</p>` : nothing}
        <div class="rows">
          ${repeat(
            keys,
            (key) => key,
            (key) => html`<pan-transcript-row
              .entry=${entries[key - firstKey]}
              .runtime=${this.runtime}
              .key=${key}
              .open=${this.open.has(key)}
            ></pan-transcript-row>`,
          )}
        </div>
      </div>
      ${this.unread > 0 && this.anchor !== 'end' ? html`<vscode-button class="newer" @click=${() => this.toEnd()}>${this.unread.toLocaleString('en')} new ↓</vscode-button>` : nothing}
      ${entries.length === 0 ? html`<p class="hint dim">${error?.message ?? (isKnown ? 'Nothing was said yet.' : 'Reading the conversation…')}</p>` : nothing}
    `;
  }

  override updated(): void {
    const { rows, scroller } = this;
    if (scroller === null || rows === null) return;
    // The policy of the page forbids style attributes; Lit's styleMap writes one at first.
    rows.style.paddingTop = `${this.drawn.above}px`;
    rows.style.paddingBottom = `${this.drawn.below}px`;
    for (const row of scroller.querySelectorAll('pan-transcript-row')) this.sizes.observe(row);
    const top = scrollTopOf(this.drawnHeights, this.anchor, scroller.clientHeight);
    if (Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top;
    this.appliedTop = scroller.scrollTop;
    this.readOlderNear(scroller.scrollTop);
  }

  private onScroll(): void {
    const { scroller } = this;
    if (scroller === null || Math.abs(scroller.scrollTop - this.appliedTop) < 1) return;
    this.appliedTop = scroller.scrollTop;
    this.anchor = anchorAt(this.drawnHeights, scroller.scrollTop, scroller.clientHeight);
    this.requestUpdate();
  }

  private readOlderNear(scrollTop: number): void {
    if (scrollTop < olderWithin) this.reader.readOlder();
  }

  private measure(changes: readonly ResizeObserverEntry[]): void {
    let isNew = false;
    for (const { target, borderBoxSize } of changes) {
      if (!(target instanceof TranscriptRow)) {
        isNew = true;
        continue;
      }
      const height = borderBoxSize[0]?.blockSize ?? 0;
      if (height === 0 || this.heights.get(target.key) === height) continue;
      this.heights.set(target.key, height);
      isNew = true;
    }
    if (isNew) this.requestUpdate();
  }

  private firstVisible(): number {
    const { scroller } = this;
    if (scroller === null) return 0;
    const at = anchorAt(this.drawnHeights, Math.max(0, scroller.scrollTop - 17), scroller.clientHeight);
    return at === 'end' ? Math.max(0, this.drawnHeights.length - 1) : at.index;
  }

  private fold({ key, isOpen }: { key: number; isOpen: boolean }): void {
    if (isOpen) this.open.add(key);
    else this.open.delete(key);
    if (this.anchor === 'end' && this.scroller !== null) {
      // What was opened stays under the pointer, also at the end.
      this.anchor = anchorAt(this.drawnHeights, this.scroller.scrollTop, 0);
    }
    this.requestUpdate();
  }

  private toEnd(): void {
    this.anchor = 'end';
    this.dispatchEvent(new Event('place'));
    this.requestUpdate();
  }
}
