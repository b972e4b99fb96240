import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { isFolded, matchesIn, patternOf } from '../../runner/protocol/foundText.ts';
import type { Time } from '../../runner/protocol/models.ts';
import { baseStyles } from '../shared/baseStyles.ts';
import { type Host, noHost } from '../shared/host.ts';
import type { CurrentMatch } from './conversationFinder.ts';
import { ConversationReader } from './conversationReader.ts';
import { FindSession } from './findSession.ts';
import { liveTabStyles } from './liveTabStyles.ts';
import { type Anchor, anchorAt, type RowWindow, rowWindow, scrollTopOf } from './rowWindow.ts';
import { TranscriptRow } from './transcriptRow.ts';

/** Nearer to an edge than this, in pixels, what lies beyond is asked for. */
const nearEdge = 800;
/** A match that is not in sight is brought to this part of the view, from its top. */
const matchAt = 1 / 3;
/** What a row is taken to be high until it was drawn. */
const guessedHeight = 27;

/** The conversation. Only the rows near the view are drawn, and it follows the end only while it is there. */
export class LiveTab extends LitElement {
  static override readonly styles = [baseStyles, liveTabStyles];

  @property({ attribute: false }) accessor host: Host = noHost;
  @property() accessor issueId = '';
  @property() accessor runtime = '';
  /** Where the person had scrolled to, when the view was there before; null: the end. */
  @property({ attribute: false }) accessor place: Time | null = null;
  @state() private accessor unread = 0;
  @query('.scroller') private accessor scroller: HTMLElement | null = null;
  @query('.rows') private accessor rows: HTMLElement | null = null;

  private readonly reader = new ConversationReader(this, () => ({ host: this.host, id: this.issueId }));
  private readonly search = new FindSession(this, () => ({ host: this.host, id: this.issueId }));
  /** The match that the person was led to last. */
  private found: CurrentMatch | undefined;
  /** Whether it has still to be brought into sight, and whether its row comes from afar. */
  private leading: 'no' | 'near' | 'far' = 'no';
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
    this.search.finder.refresh();
  }

  /** Opens the find bar, and gives it the focus. */
  openFind(): void {
    this.search.open(this.lastInSight());
  }

  /** To the match before (1) or after (-1), while the find bar is open. */
  stepFind(direction: 1 | -1): void {
    this.search.finder.step(direction);
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
      this.search.close();
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
    this.followFound();
    if (this.anchor === 'end') this.unread = 0;
  }

  override render() {
    const { entries, error, firstKey, hasOlder, isAtEnd, isKnown } = this.reader;
    const { current, sought } = this.search.finder;
    const foundKey = current === undefined ? undefined : firstKey + this.reader.indexOf(current.place);
    const viewHeight = this.scroller?.clientHeight ?? 600;
    const top = scrollTopOf(this.drawnHeights, this.anchor, viewHeight);
    this.drawn = rowWindow(this.drawnHeights, top, viewHeight);
    const { first, end } = this.drawn;
    const keys = Array.from({ length: end - first }, (_, index) => firstKey + first + index);
    return html`
      ${this.search.render()}
      <div
        class="scroller"
        tabindex="0"
        role="region"
        aria-label="Conversation"
        @scroll=${() => this.onScroll()}
        @scrollend=${() => this.dispatchEvent(new Event('place'))}
        @keydown=${(event: KeyboardEvent) => this.search.onKey(event)}
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
              .sought=${sought}
              .current=${key === foundKey && current !== undefined ? current.nth : -1}
            ></pan-transcript-row>`,
          )}
        </div>
      </div>
      ${this.newer(isAtEnd)}
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
    if (scroller.scrollTop < nearEdge) this.reader.readOlder();
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEdge) this.reader.readLater();
    void this.bringIntoSight();
  }

  private onScroll(): void {
    const { scroller } = this;
    if (scroller === null || Math.abs(scroller.scrollTop - this.appliedTop) < 1) return;
    this.appliedTop = scroller.scrollTop;
    this.anchor = this.anchorHere(scroller);
    this.requestUpdate();
  }

  private anchorHere({ clientHeight, scrollTop }: HTMLElement): Anchor {
    // The end of a part is not the end.
    return anchorAt(this.drawnHeights, scrollTop, this.reader.isAtEnd ? clientHeight : 0);
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
    if (!this.reader.isAtEnd) {
      this.heights.clear();
      this.open.clear();
      void this.reader.readAgain(null);
    }
    this.dispatchEvent(new Event('place'));
    this.requestUpdate();
  }

  private newer(isAtEnd: boolean) {
    const isShown = this.anchor !== 'end' && (this.unread > 0 || !isAtEnd);
    const words = isAtEnd ? `${this.unread.toLocaleString('en')} new` : 'Newest';
    return isShown
      ? html`<vscode-button class="newer" @click=${() => this.toEnd()}>${words} ↓</vscode-button>`
      : nothing;
  }

  /** Where the person is led to another match: reads its part of the conversation, and opens its entry. */
  private followFound(): void {
    const { reader, scroller } = this;
    const { current, sought } = this.search.finder;
    if (current !== this.found) {
      this.found = current;
      this.leading = current === undefined ? 'no' : 'near';
      if (current !== undefined && reader.indexOf(current.place) === -1) void this.readPart(current);
      else reader.stay();
      if (current === undefined && scroller !== null) this.anchor = this.anchorHere(scroller);
    }
    if (current === undefined || this.leading === 'no') return;
    const index = reader.indexOf(current.place);
    const entry = reader.entries[index];
    if (entry === undefined) return;
    const key = reader.firstKey + index;
    const inTitle = entry.kind === 'tool' ? matchesIn(entry.title, patternOf(sought)).length : 0;
    if (isFolded(entry) && current.nth >= inTitle) this.open.add(key);
    if (this.rowOf(key) !== undefined) return;
    this.leading = 'far';
    this.anchor = { index, offset: -matchAt * (scroller?.clientHeight ?? 0) };
  }

  /** Where it cannot be read, or is not wanted any more, nobody is led there later. */
  private async readPart(match: CurrentMatch): Promise<void> {
    const isThere = await this.reader.readAt(match.place);
    if (!isThere && this.found === match) this.leading = 'no';
  }

  /** Once the row of the match is drawn: it stays where it is while rows around it get their heights. */
  private async bringIntoSight(): Promise<void> {
    const { leading, scroller } = this;
    const { current } = this.search.finder;
    if (current === undefined || scroller === null || leading === 'no') return;
    const row = this.rowOf(this.reader.firstKey + this.reader.indexOf(current.place));
    if (row === undefined) return;
    this.leading = 'no';
    await row.updateComplete;
    const mark = row.markInSight();
    if (mark === null || current !== this.search.finder.current) return;
    const view = scroller.getBoundingClientRect();
    const { top, bottom } = mark.getBoundingClientRect();
    const isInSight = leading === 'near' && top >= view.top && bottom <= view.bottom;
    const wanted = isInSight ? view.top : top - matchAt * view.height;
    const box = row.getBoundingClientRect();
    // Before the observer tells: with the height that it had while it was folded, it might not be drawn any more.
    this.heights.set(row.key, box.height);
    this.anchor = { index: row.key - this.reader.firstKey, offset: wanted - box.top };
    this.requestUpdate();
  }

  private rowOf(key: number): TranscriptRow | undefined {
    const rows = [...(this.scroller?.querySelectorAll('pan-transcript-row') ?? [])];
    return rows.filter((row) => row instanceof TranscriptRow).find((row) => row.key === key);
  }

  private lastInSight(): number {
    const { scroller } = this;
    if (scroller === null || (this.anchor === 'end' && this.reader.isAtEnd)) return Number.POSITIVE_INFINITY;
    const at = anchorAt(this.drawnHeights, scroller.scrollTop + scroller.clientHeight, 0);
    return at === 'end' ? Number.POSITIVE_INFINITY : (this.reader.entries[at.index]?.place ?? 0);
  }
}
