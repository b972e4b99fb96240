import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { EvidenceLine, Explanation } from '../../runner/protocol/models.ts';
import { ageOf, clockTimeWithSeconds } from '../shared/ages.ts';
import { baseStyles } from '../shared/baseStyles.ts';
import { drawn, type Shape } from '../shared/shapes.ts';
import { nextStep, takeStep } from './nextStep.ts';

const sourceShapes: Record<EvidenceLine['source'], Shape> = {
  hook: 'hook',
  tmux: 'terminal',
  process: 'process',
  transcript: 'transcript',
  session: 'transcript',
  user: 'person',
  verdict: 'verdict',
};

/** Why the agent's state is what it is: dated observations, newest first. */
export class WhyTab extends LitElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: 8px 16px;
        overflow: auto;
      }
      li {
        display: grid;
        grid-template-columns: 60px 52px 16px 80px minmax(0, 1fr) auto;
        gap: 8px;
        padding: 4px 0;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        overflow-wrap: anywhere;
      }
      .time {
        font-variant-numeric: tabular-nums;
      }
      .verdict .text, .user .text {
        font-weight: 600;
      }
      .after {
        padding-top: 8px;
      }
      @media (max-width: 599px) {
        li {
          grid-template-columns: 60px 16px minmax(0, 1fr);
        }
        .age, .source, .from {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor explanation: Explanation | undefined;
  /** Why nothing can be done now. */
  @property() accessor blocked = '';
  /** Milliseconds since 1970: ages are reckoned from then. */
  @property({ type: Number }) accessor now = 0;

  override render() {
    const { explanation } = this;
    if (explanation === undefined) return nothing;
    return html`
      <ul aria-label="Evidence, newest first">
        ${explanation.evidence.map((line) => this.line(line, this.now))}
      </ul>
      ${explanation.ruledOut.length === 0 ? nothing : html`<p class="after dim">Ruled out: ${explanation.ruledOut.join(' · ')}</p>`}
      ${this.next(explanation)}
    `;
  }

  /** What a person types elsewhere is a button here, as far as it is one of ours. */
  private next(explanation: Explanation) {
    if (explanation.next === null) return nothing;
    const step = nextStep(explanation);
    if (step === null) return html`<p class="after">Next: ${explanation.next}</p>`;
    return html`<div class="after row">
      <span>Next:</span>
      <vscode-button
        appearance="secondary"
        ?disabled=${this.blocked !== ''}
        title=${this.blocked === '' ? nothing : this.blocked}
        @click=${() => takeStep(this, step)}
        >${step.label}</vscode-button>
    </div>`;
  }

  private line({ at, source, text, from }: EvidenceLine, now: number) {
    return html`<li class=${source}>
      <span class="time">${clockTimeWithSeconds(at)}</span>
      <span class="age dim">${ageOf(at, now)}</span>
      ${drawn(sourceShapes[source])}
      <span class="source">${source === 'user' ? 'you' : source}</span>
      <span class="text">${this.fromWorkspace(text)}</span>
      ${from === undefined ? nothing : html`<span class="from dim">${from}</span>`}
    </li>`;
  }

  /** Paths as seen from there. */
  private fromWorkspace(text: string): string {
    const workspace = this.explanation?.agent.workspace ?? '';
    return workspace === '' ? text : text.replaceAll(`${workspace}/`, '');
  }
}
