import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { Agent, Time } from '../../runner/protocol/models.ts';
import type { PanelAct } from '../../runner/protocol/panelMessages.ts';
import { ageOf, clockTimeWithSeconds } from '../shared/ages.ts';
import { baseStyles } from '../shared/baseStyles.ts';
import { drawn } from '../shared/shapes.ts';
import { stateWords } from './stateWords.ts';
import { fire } from './viewEvents.ts';

/** Who it is, what it does since when, and how old that knowledge is. */
export class PanelHeader extends LitElement {
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: 8px 16px;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      h1 {
        margin: 0;
        font-size: 13px;
        font-weight: 600;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        white-space: nowrap;
      }
      .state.act, .state.bad {
        font-weight: 600;
      }
      .state.act {
        color: var(--vscode-editorWarning-foreground);
      }
      .state.bad {
        color: var(--vscode-errorForeground);
      }
      .state.alive {
        color: var(--vscode-charts-blue);
      }
      .state.good {
        color: var(--vscode-charts-green);
      }
      .state .words {
        color: var(--vscode-foreground);
      }
      /* A narrow view has them on lines of their own. */
      h1.grow, .facts.grow {
        flex-basis: 220px;
      }
      .buttons {
        display: flex;
        gap: 8px;
      }
      .facts {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) accessor agent: Agent | undefined;
  @property() accessor issueId = '';
  @property({ attribute: false }) accessor evidenceAt: Time | undefined;
  @property({ type: Boolean }) accessor pinned = false;
  /** Milliseconds since 1970: ages are reckoned from then. */
  @property({ type: Number }) accessor now = 0;

  override render() {
    const { agent } = this;
    if (agent === undefined) return html`<h1>${this.issueId}</h1>`;
    const { words, shape, tone } = stateWords(agent);
    const asOf = this.evidenceAt === undefined ? undefined : `As of ${clockTimeWithSeconds(this.evidenceAt)}`;
    // Nothing is known of one whose state cannot be read.
    const mode = agent.status === 'unreadable' ? null : agent.mode;
    const facts = [agent.runtime, agent.model, mode, agent.branch].filter((fact) => fact !== null && fact !== '');
    return html`
      <div class="row">
        <h1 class="grow" title=${agent.title}>${agent.issueId} ${agent.title}</h1>
        <span class="state ${tone}">${drawn(shape)}<span class="words">${words}</span></span>
        <span class="dim" title=${asOf ?? nothing}>${ageOf(agent.since, this.now)}</span>
      </div>
      <div class="row">
        <span class="facts grow dim" title=${agent.reason}>${facts.join(' · ')}</span>
        <div class="buttons">
        ${this.button('Attach', 'attach', agent.pid === null ? 'It is not running.' : undefined)}
        <vscode-button
          appearance="secondary"
          aria-pressed=${this.pinned}
          title="Keep this panel with ${agent.issueId}"
          @click=${() => fire(this, 'pan-pin', { pinned: !this.pinned })}
          >${this.pinned ? 'Unpin' : 'Pin'}</vscode-button>
        ${this.button('More...', 'more', undefined)}
        </div>
      </div>
    `;
  }

  private button(label: string, act: PanelAct, reason: string | undefined) {
    return html`<vscode-button
      appearance="secondary"
      ?disabled=${reason !== undefined}
      title=${reason ?? nothing}
      @click=${() => fire(this, 'pan-act', { act })}
      >${label}</vscode-button>`;
  }
}
