import { css, html, LitElement, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import { baseStyles } from '../shared/baseStyles.ts';
import { drawn, type Shape } from '../shared/shapes.ts';
import { type FindAct, fire } from './viewEvents.ts';

/** The longest text that is looked for, in characters. */
const maxLength = 200;

/** Where a person types what to find in the conversation, and goes from match to match. */
export class FindBar extends LitElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        flex: none;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        padding: 4px 16px;
      }
      vscode-text-field {
        flex: 1 1 120px;
        min-width: 0;
      }
      .count {
        min-width: 64px;
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      .buttons {
        display: flex;
        gap: 4px;
      }
      @media (max-width: 599px) {
        .bar {
          padding: 4px 8px;
        }
      }
    `,
  ];

  @property() accessor text = '';
  /** `3 of 41`. */
  @property() accessor words = '';
  @property({ type: Boolean }) accessor failed = false;
  /** Whether the words may change without anybody doing something: they are not read out yet. */
  @property({ type: Boolean }) accessor searching = false;
  @query('vscode-text-field') private accessor field: HTMLElement | null = null;

  /** To the field, with its text selected: what is typed takes its place. */
  override focus(): void {
    const { field } = this;
    field?.focus();
    if (field !== null && 'select' in field && typeof field.select === 'function') field.select();
  }

  override render() {
    return html`<div class="bar" role="search" aria-label="Find in the conversation">
      <vscode-text-field
        placeholder="Find"
        maxlength=${maxLength}
        .value=${this.text}
        @input=${(event: Event) => this.onInput(event)}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        >Find in the conversation</vscode-text-field>
      <span class="count ${this.failed ? 'error' : ''}" aria-hidden="true">${this.words}</span>
      <span class="buttons">
        ${this.button('Earlier Match', 'Enter', 'up', { act: 'step', direction: 1 })}
        ${this.button('Later Match', 'Shift+Enter', 'down', { act: 'step', direction: -1 })}
        ${this.button('Close', 'Escape', 'close', { act: 'close' })}
      </span>
      <span class="unseen" role="status">${this.searching ? nothing : this.words}</span>
    </div>`;
  }

  private button(label: string, key: string, shape: Shape, act: FindAct) {
    return html`<vscode-button
      appearance="icon"
      aria-label=${label}
      title="${label} (${key})"
      @click=${() => fire(this, 'pan-find', act)}
      >${drawn(shape)}</vscode-button>`;
  }

  private onInput({ target }: Event): void {
    if (!(target instanceof HTMLElement) || !('value' in target) || typeof target.value !== 'string') return;
    fire(this, 'pan-find', { act: 'seek', text: target.value });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    fire(this, 'pan-find', { act: 'step', direction: event.shiftKey ? -1 : 1 });
  }
}
