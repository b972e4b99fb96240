import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { AgentRequest, RequestQuestion } from '../../runner/protocol/models.ts';
import { showUnseen } from '../../runner/protocol/unseenText.ts';
import { baseStyles } from '../shared/baseStyles.ts';
import { choose, emptyDraft, type QuestionDraft, writtenAnswers, youDecide } from './questionAnswers.ts';
import { fire } from './viewEvents.ts';

/** The form of what an agent asks. Whoever shows it gives back what it tells as `pan-draft`. */
export class RequestQuestions extends LitElement {
  static override readonly styles = [
    baseStyles,
    css`
      fieldset {
        margin: 0 0 8px;
        padding: 0;
        border: none;
      }
      legend {
        padding: 0 0 4px;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      vscode-radio-group, vscode-radio, vscode-checkbox {
        display: flex;
        margin: 2px 0;
      }
      vscode-radio-group {
        flex-direction: column;
      }
      vscode-text-field {
        width: min(100%, 400px);
        margin-top: 4px;
      }
    `,
  ];

  @property({ attribute: false }) accessor request: AgentRequest | undefined;
  @property({ type: Boolean }) accessor disabled = false;
  /** What is filled in, by question. */
  @property({ attribute: false }) accessor drafts: readonly QuestionDraft[] = [];

  override render() {
    return this.request?.questions.map((question, index) => this.question(question, index));
  }

  private question(question: RequestQuestion, index: number) {
    const draft = this.drafts[index] ?? emptyDraft;
    return html`
      <fieldset>
        <legend>${showUnseen(question.text)}</legend>
        ${question.multiple ? this.boxes(question, index, draft) : this.radios(question, index, draft)}
        <vscode-text-field
          placeholder=${question.options.length === 0 ? 'Your answer' : 'Or in your own words'}
          .value=${draft.words}
          ?disabled=${this.disabled}
          @input=${(event: Event) => this.put(index, { chosen: [], words: textOf(event) })}
          >Answer in words</vscode-text-field>
      </fieldset>
    `;
  }

  /** The group believes the attribute when it comes, and the property afterwards. */
  private radios({ options, text }: RequestQuestion, index: number, draft: QuestionDraft) {
    return html`<vscode-radio-group orientation="vertical" aria-label=${showUnseen(text)} ?disabled=${this.disabled}>
      ${[...options, { label: youDecide, description: '' }].map(
        ({ label, description }, option) => html`<vscode-radio
          name="question-${index}"
          value=${String(option)}
          ?checked=${draft.chosen.includes(option)}
          .checked=${draft.chosen.includes(option)}
          ?disabled=${this.disabled}
          @change=${(event: Event) => {
            if (isChecked(event)) this.put(index, choose(draft, option, true, false));
          }}
          >${optionText(label, description)}</vscode-radio>`,
      )}
    </vscode-radio-group>`;
  }

  private boxes({ options }: RequestQuestion, index: number, draft: QuestionDraft) {
    return options.map(
      ({ label, description }, option) => html`<vscode-checkbox
        .checked=${draft.chosen.includes(option)}
        ?disabled=${this.disabled}
        @change=${(event: Event) => this.put(index, choose(draft, option, isChecked(event), true))}
        >${optionText(label, description)}</vscode-checkbox>`,
    );
  }

  private put(index: number, draft: QuestionDraft): void {
    const { request } = this;
    if (request === undefined) return;
    this.drafts = request.questions.map((_, at) => (at === index ? draft : (this.drafts[at] ?? emptyDraft)));
    fire(this, 'pan-draft', { place: `request ${request.id}`, text: writtenAnswers(this.drafts) });
  }
}

function optionText(label: string, description: string) {
  return html`${showUnseen(label)}${description === '' ? '' : html` <span class="dim">${showUnseen(description)}</span>`}`;
}

function textOf({ target }: Event): string {
  return target instanceof HTMLElement && 'value' in target && typeof target.value === 'string' ? target.value : '';
}

function isChecked({ target }: Event): boolean {
  return target instanceof HTMLElement && 'checked' in target && target.checked === true;
}
