import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { RequestType } from 'vscode-jsonrpc';
import type { UserErrorData } from '../../runner/protocol/errors.ts';
import {
  type AgentDrafts,
  type AgentTab,
  agentTabs,
  type PanelRunner,
  panelAct,
  panelDraft,
  panelPin,
  panelRunner,
  panelShow,
  type ShownAgent,
} from '../../runner/protocol/panelMessages.ts';
import {
  agentMail,
  agentsDidAge,
  agentWhy,
  type DidChangeParams,
  requestList,
  stateDidChange,
} from '../../runner/protocol/requests.ts';
import { clockTime } from '../shared/ages.ts';
import { baseStyles } from '../shared/baseStyles.ts';
import { Fetched } from '../shared/fetched.ts';
import { type Host, noHost, userErrorOf } from '../shared/host.ts';
import { agentPanelStyles } from './agentPanelStyles.ts';
import { announcementOf } from './announcement.ts';
import { type Arranged, readArranged } from './arranged.ts';
import { ChangesTab } from './changesTab.ts';
import { ContextTab } from './contextTab.ts';
import { isFindKey } from './findKey.ts';
import { LiveTab } from './liveTab.ts';
import { QueueTab } from './queueTab.ts';
import { StateNoteBlock } from './stateNoteBlock.ts';
import { TellField } from './tellField.ts';
import type { ViewEvents } from './viewEvents.ts';

const tabNames: Record<AgentTab, string> = {
  live: 'Live',
  why: 'Why',
  changes: 'Changes',
  queue: 'Queue',
  context: 'Context',
};

/** The view of one agent at a time: who it is, what it asks, what it says, and a field to tell it something. */
export class AgentPanel extends LitElement {
  static override readonly styles = [baseStyles, agentPanelStyles];

  @property({ attribute: false }) accessor host: Host = noHost;
  @state() private accessor shown: ShownAgent | undefined;
  @state() private accessor runner: PanelRunner = {
    isReady: false,
    canStart: false,
    reason: 'Connecting to the runner…',
  };
  @state() private accessor arranged: Arranged = readArranged(undefined);
  @state() private accessor drafts: AgentDrafts = {};
  /** What became of the last answer or click. */
  @state() private accessor outcome: ViewEvents['pan-answered'] | undefined;
  @state() private accessor announcement = '';
  @query('pan-request-card') private accessor card: HTMLElement | null = null;
  @query('pan-tell-field') private accessor tellField: HTMLElement | null = null;
  @query('pan-live-tab') private accessor live: Element | null = null;
  private announced = '';
  private readonly why = new Fetched(this, () => this.host.request(agentWhy, { id: this.issueId }));
  private readonly mail = new Fetched(this, () => this.host.request(agentMail, { id: this.issueId }));
  private readonly requests = new Fetched(this, () => this.host.request(requestList, { id: this.issueId }));

  override connectedCallback(): void {
    super.connectedCallback();
    this.arranged = readArranged(this.host.kept());
    this.host.onNotification(panelShow, (shown) => this.show(shown));
    this.host.onNotification(panelRunner, (runner) => {
      this.runner = runner;
    });
    this.host.onNotification(stateDidChange, (change) => this.refresh(change));
    this.host.onNotification(agentsDidAge, () => this.requestUpdate());
    // Where nothing has the focus, keys go to the page.
    window.addEventListener('keydown', (event) => this.onKey(event));
  }

  override willUpdate(): void {
    const agent = this.why.value?.agent;
    if (agent === undefined) return;
    const announcement = announcementOf(agent);
    if (announcement !== this.announced && this.announced !== '') this.announcement = announcement;
    this.announced = announcement;
  }

  override render() {
    const { issueId } = this;
    if (issueId === '') return html`<p class="empty dim">${this.runner.reason}</p>`;
    const explanation = this.why.value;
    const { tab } = this.arranged;
    return html`
      ${this.runner.isReady ? nothing : html`<p class="away" role="status">${this.runner.reason}</p>`}
      <header data-region>
        <pan-panel-header
          .agent=${explanation?.agent}
          .issueId=${issueId}
          .evidenceAt=${explanation?.evidence[1]?.at ?? explanation?.evidence[0]?.at}
          .pinned=${this.arranged.pinned}
          .now=${Date.now()}
          @pan-act=${(event: HTMLElementEventMap['pan-act']) => this.act(event.detail)}
          @pan-pin=${(event: HTMLElementEventMap['pan-pin']) => this.pin(event.detail.pinned)}
        ></pan-panel-header>
      </header>
      <main
        @pan-act=${(event: HTMLElementEventMap['pan-act']) => this.act(event.detail)}
        @pan-tab=${(event: HTMLElementEventMap['pan-tab']) => this.arrange({ tab: event.detail.tab })}
        @pan-focus=${(event: HTMLElementEventMap['pan-focus']) => this.focusOn(event.detail.on)}
        @pan-draft=${(event: HTMLElementEventMap['pan-draft']) => this.write(event.detail)}
        @pan-answered=${(event: HTMLElementEventMap['pan-answered']) => this.answered(event.detail)}
      >
        ${this.notes()} ${this.request()}
        <vscode-panels
          data-region
          activeid="tab-${tab}"
          aria-label="Agent"
          @change=${(event: Event) => this.onTab(event)}
        >
          ${agentTabs.map((each) => html`<vscode-panel-tab id="tab-${each}" aria-label=${this.tabName(each)}>${this.tabName(each)}</vscode-panel-tab>`)}
          ${agentTabs.map((each) => html`<vscode-panel-view id="view-${each}">${this.content(each)}</vscode-panel-view>`)}
        </vscode-panels>
      </main>
      <footer data-region>
        <pan-tell-field
          .host=${this.host}
          .issueId=${issueId}
          .draft=${this.drafts.message ?? ''}
          .blocked=${this.blocked}
          .canStart=${this.runner.canStart}
          .status=${explanation?.agent.status}
          .mail=${this.mail.value}
          @pan-act=${(event: HTMLElementEventMap['pan-act']) => this.act(event.detail)}
          @pan-draft=${(event: HTMLElementEventMap['pan-draft']) => this.write(event.detail)}
          @pan-sent=${(event: HTMLElementEventMap['pan-sent']) => this.sent(event.detail)}
        ></pan-tell-field>
      </footer>
      <div class="unseen" role="log" aria-live="polite">${this.announcement}</div>
    `;
  }

  private get issueId(): string {
    return this.shown?.issueId ?? '';
  }

  private get agentId(): string {
    return this.shown?.agentId ?? '';
  }

  private get blocked(): string {
    return this.runner.isReady ? '' : this.runner.reason;
  }

  private notes() {
    return html`
      ${this.fault()}
      ${
        this.outcome === undefined
          ? nothing
          : html`<p class="note ${this.outcome.failed ? 'error' : ''}" role="status">${this.outcome.text}</p>`
      }
      <pan-state-note .host=${this.host} .explanation=${this.why.value} .blocked=${this.blocked}></pan-state-note>
    `;
  }

  /** Why nothing is known of the agent, or nothing new. */
  private fault() {
    const { error } = this.why;
    if (error === undefined || !this.runner.isReady) return nothing;
    return html`<div class="note row">
      <span class="error">${error.message}</span>
      ${
        error.code === 'noAgent'
          ? html`<vscode-button @click=${() => this.act({ act: 'start' })}>Start Agent...</vscode-button>`
          : error.hint
      }
    </div>`;
  }

  private request() {
    const [first, ...others] = this.requests.value ?? [];
    if (first === undefined) return nothing;
    return html`
      ${keyed(
        first.id,
        html`<pan-request-card data-region .host=${this.host} .request=${first} .draft=${this.drafts[`request ${first.id}`] ?? ''} .blocked=${this.blocked}></pan-request-card>`,
      )}
      ${others.length === 0 ? nothing : html`<p class="note dim">${others.length} more ${others.length === 1 ? 'waits' : 'wait'} behind this one.</p>`}
    `;
  }

  private tabName(tab: AgentTab): string {
    const waiting = this.mail.value?.filter(({ state: life }) => life === 'queued' || life === 'typed').length ?? 0;
    const count = tab === 'queue' ? (this.why.value?.agent.hookItems ?? 0) + waiting : 0;
    return count === 0 ? tabNames[tab] : `${tabNames[tab]} ${count}`;
  }

  private content(tab: AgentTab) {
    const { host, issueId } = this;
    const shown = this.arranged.tab === tab;
    const agent = this.why.value?.agent;
    switch (tab) {
      case 'live':
        return html`<pan-live-tab
          .host=${host}
          .issueId=${issueId}
          .runtime=${agent?.runtime ?? 'agent'}
          .place=${this.arranged.agentId === this.agentId ? this.arranged.place : null}
          @place=${() => this.onPlace()}
        ></pan-live-tab>`;
      case 'why':
        return html`<pan-why-tab tabindex="0" .explanation=${this.why.value} .now=${Date.now()} .blocked=${this.blocked}></pan-why-tab>`;
      case 'changes':
        return html`<pan-changes-tab .host=${host} .issueId=${issueId} .shown=${shown}></pan-changes-tab>`;
      case 'queue':
        return html`<pan-queue-tab .host=${host} .issueId=${issueId} .shown=${shown} .draft=${this.drafts.work ?? ''} .blocked=${this.blocked}></pan-queue-tab>`;
      case 'context':
        return html`<pan-context-tab tabindex="0" .host=${host} .issueId=${issueId} .agent=${agent} .shown=${shown}></pan-context-tab>`;
    }
  }

  private show(shown: ShownAgent): void {
    const isOther = shown.agentId !== this.agentId;
    const place = this.arranged.agentId === shown.agentId ? this.arranged.place : null;
    this.shown = shown;
    this.keep({
      ...this.arranged,
      agentId: shown.agentId,
      pinned: shown.pinned,
      tab: shown.tab ?? this.arranged.tab,
      place,
    });
    if (!isOther) return;
    this.drafts = shown.drafts;
    this.outcome = undefined;
    this.announced = '';
    for (const fetched of [this.why, this.requests, this.mail]) {
      fetched.forget();
      fetched.refresh();
    }
  }

  private refresh({ scope }: DidChangeParams): void {
    const parts = [...(this.shadowRoot?.querySelectorAll('*') ?? [])];
    for (const part of parts) {
      if (part instanceof LiveTab && (scope === 'transcripts' || scope === 'agents')) part.refresh();
      if (part instanceof QueueTab && (scope === 'hooks' || scope === 'mail')) part.refresh();
      if (part instanceof ChangesTab && (scope === 'workspaces' || scope === 'agents')) part.refresh();
      if (part instanceof ContextTab && scope === 'transcripts') part.refresh();
      if (part instanceof StateNoteBlock && scope === 'workspaces') part.refresh();
      if (part instanceof TellField && (scope === 'agents' || scope === 'mail')) part.refresh();
    }
    if (scope === 'agents' || scope === 'hooks') this.why.refresh();
    if (scope === 'agents') this.requests.refresh();
    if (scope === 'mail') this.mail.refresh();
  }

  private answered(outcome: ViewEvents['pan-answered']): void {
    this.outcome = { ...outcome, text: `${clockTime(new Date().toISOString())} ${outcome.text}` };
    this.requests.refresh();
    this.why.refresh();
  }

  /** By the time that a message was told the panel may show another agent. */
  private sent({ issueId, text }: ViewEvents['pan-sent']): void {
    if (issueId === this.issueId && this.drafts.message === text) this.write({ place: 'message', text: '' });
  }

  private write({ place, text }: ViewEvents['pan-draft']): void {
    this.drafts = { ...this.drafts, [place]: text };
    this.ask(panelDraft, { id: this.issueId, place, text });
  }

  private focusOn(place: ViewEvents['pan-focus']['on']): void {
    (place === 'answer' ? this.card : this.tellField)?.focus();
  }

  private act(params: ViewEvents['pan-act']): void {
    this.ask(panelAct, { ...params, id: this.issueId });
  }

  private pin(pinned: boolean): void {
    this.arrange({ pinned });
    this.ask(panelPin, { id: this.issueId, pinned });
  }

  private ask<Params>(type: RequestType<Params, null, UserErrorData>, params: Params): void {
    this.host.request(type, params).catch((error: unknown) => {
      this.outcome = { text: userErrorOf(error).message, failed: true };
    });
  }

  private onTab({ target }: Event): void {
    const activeId = target instanceof HTMLElement && 'activeid' in target ? target.activeid : undefined;
    const tab = agentTabs.find((each) => `tab-${each}` === activeId);
    if (tab !== undefined && tab !== this.arranged.tab) this.arrange({ tab });
  }

  private onPlace(): void {
    if (this.live instanceof LiveTab) this.arrange({ place: this.live.currentPlace });
  }

  private arrange(change: Partial<Arranged>): void {
    this.keep({ ...this.arranged, ...change });
  }

  private keep(arranged: Arranged): void {
    this.arranged = arranged;
    this.host.keep(arranged);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'F6') {
      event.preventDefault();
      this.focusRegion(event.shiftKey ? -1 : 1);
    }
    if (isFindKey(event)) {
      event.preventDefault();
      this.arrange({ tab: 'live' });
      if (this.live instanceof LiveTab) this.live.openFind();
    }
    if (event.key === 'F3' && this.live instanceof LiveTab) {
      event.preventDefault();
      this.live.stepFind(event.shiftKey ? -1 : 1);
    }
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown') && this.live instanceof LiveTab) {
      event.preventDefault();
      this.live.step(event.key === 'ArrowUp' ? -1 : 1);
    }
  }

  private focusRegion(direction: -1 | 1): void {
    const regions = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('[data-region]') ?? [])];
    const current = regions.findIndex((region) => region.contains(this.shadowRoot?.activeElement ?? null));
    const next = regions.at((Math.max(current, direction === 1 ? -1 : 0) + direction) % regions.length);
    const first =
      next?.querySelector<HTMLElement>('pan-panel-header, pan-tell-field, vscode-panel-tab[aria-selected="true"]') ??
      next;
    first?.focus();
  }
}
