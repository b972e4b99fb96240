import { css, html, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { CostReport } from '../../runner/protocol/cost.ts';
import type { Agent } from '../../runner/protocol/models.ts';
import { costReport } from '../../runner/protocol/requests.ts';
import { baseStyles } from '../shared/baseStyles.ts';
import { Fetched } from '../shared/fetched.ts';
import { type Host, noHost } from '../shared/host.ts';

/** What the agent was started with, and what it used. */
export class ContextTab extends LitElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: 8px 16px;
        overflow: auto;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 4px 16px;
        margin: 0;
      }
      dt {
        color: var(--vscode-descriptionForeground);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
        user-select: text;
      }
    `,
  ];

  @property({ attribute: false }) accessor host: Host = noHost;
  @property({ attribute: false }) accessor agent: Agent | undefined;
  @property() accessor issueId = '';
  @property({ type: Boolean }) accessor shown = false;
  private readonly cost = new Fetched(this, () => this.host.request(costReport, { id: this.issueId }));

  /** More may have been used. */
  refresh(): void {
    if (this.shown && this.issueId !== '') this.cost.refresh();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('issueId')) this.cost.forget();
    if (changed.has('issueId') || changed.has('shown')) this.refresh();
  }

  override render() {
    const { agent } = this;
    if (agent === undefined) return html`<p class="dim">Nothing is known of ${this.issueId} yet.</p>`;
    const facts: readonly (readonly [string, string | null])[] = [
      ['Runtime', agent.runtime],
      ['Model', agent.model ?? 'as the tool chooses'],
      ['Mode', agent.mode],
      ['Branch', agent.branch],
      ['Workspace', agent.workspace],
      ['Conversation', agent.sessionId ?? 'not known yet'],
      ['Project', agent.project],
      ['Machine', agent.node],
      ['Start', `number ${agent.fence}`],
      ['Used', this.used()],
    ];
    return html`<dl>${facts.map(([name, fact]) => html`<dt>${name}</dt><dd>${fact}</dd>`)}</dl>`;
  }

  private used(): string {
    const { error, value } = this.cost;
    if (value === undefined) return error?.message ?? 'counting…';
    return usedWords(value);
  }
}

function usedWords({ total, pricesOf, unpriced }: CostReport): string {
  const tokens = `${total.totalTokens.toLocaleString('en')} tokens`;
  if (total.dollars === null)
    return unpriced.length === 0 ? tokens : `${tokens}; no price is known of ${unpriced.join(', ')}`;
  return `${tokens}, $${total.dollars.toFixed(2)} at list prices of ${pricesOf}`;
}
