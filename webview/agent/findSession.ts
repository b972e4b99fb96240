import { html, type LitElement, nothing, type ReactiveController } from 'lit';
import type { Host } from '../shared/host.ts';
import { ConversationFinder } from './conversationFinder.ts';
import { FindBar } from './findBar.ts';
import { findWords } from './findWords.ts';
import { focusedElement } from './focusedElement.ts';

/** The find bar of a conversation, from when it is asked for until it is closed. */
export class FindSession implements ReactiveController {
  readonly finder: ConversationFinder;
  private readonly element: LitElement;
  private isOpen = false;
  /** Where a search begins. */
  private near = Number.POSITIVE_INFINITY;
  /** The bar takes the focus once it is drawn and not hidden. */
  private wantsFocus = false;
  private focusedBefore: HTMLElement | undefined;

  constructor(element: LitElement, target: () => { host: Host; id: string }) {
    this.element = element;
    this.finder = new ConversationFinder(element, target);
    element.addController(this);
  }

  /** Gives the bar the focus. A search begins at the entry of that place: the last one in sight. */
  open(near: number): void {
    if (!this.isOpen) {
      this.focusedBefore = focusedElement();
      this.near = near;
    }
    this.isOpen = true;
    this.wantsFocus = true;
    this.element.requestUpdate();
  }

  close(): void {
    this.isOpen = false;
    this.wantsFocus = false;
    this.finder.seek('', this.near);
  }

  /** Escape closes, and gives the focus back. */
  onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || !this.isOpen) return;
    event.preventDefault();
    this.leave();
  }

  render() {
    if (!this.isOpen) return nothing;
    const { finder } = this;
    return html`<pan-find-bar
      .text=${finder.sought}
      .words=${findWords(finder)}
      .failed=${finder.error !== undefined}
      .searching=${finder.isSearching}
      @pan-find=${(event: HTMLElementEventMap['pan-find']) => this.act(event.detail)}
      @keydown=${(event: KeyboardEvent) => this.onKey(event)}
    ></pan-find-bar>`;
  }

  hostUpdated(): void {
    const bar = this.element.renderRoot.querySelector('pan-find-bar');
    // The element is hidden for a moment where another tab was open.
    if (!this.wantsFocus || !(bar instanceof FindBar) || !this.element.checkVisibility()) return;
    this.wantsFocus = false;
    void bar.updateComplete.then(() => bar.focus());
  }

  private act(act: HTMLElementEventMap['pan-find']['detail']): void {
    switch (act.act) {
      case 'seek':
        this.finder.seek(act.text, this.near);
        return;
      case 'step':
        this.finder.step(act.direction);
        return;
      case 'close':
        this.leave();
    }
  }

  private leave(): void {
    this.close();
    const before = this.focusedBefore;
    const isThere = before?.isConnected === true && before.checkVisibility();
    const conversation = this.element.renderRoot.querySelector<HTMLElement>('.scroller');
    (isThere ? before : conversation)?.focus();
  }
}
