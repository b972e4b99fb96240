import type { AgentRequest } from '../../../runner/protocol/models.ts';
import { showUnseen } from '../../../runner/protocol/unseenText.ts';

/**
 * The whole of what is asked. What is not seen is written out: VS Code's editor marks it, but the settings of a folder
 * can switch that off.
 */
export function requestText(request: Pick<AgentRequest, 'kind' | 'text' | 'questions'>): string {
  return showUnseen(textOf(request));
}

function textOf({ kind, text, questions }: Pick<AgentRequest, 'kind' | 'text' | 'questions'>): string {
  if (kind !== 'question' || questions.length === 0) return ended(text);
  return questions
    .map((question, index) => {
      const number = questions.length > 1 ? `${index + 1}. ` : '';
      const options = question.options.map(({ label, description }) =>
        description === '' ? `  - ${label}` : `  - ${label}: ${description}`,
      );
      return ended([`${number}${question.text}`, '', ...options].join('\n'));
    })
    .join('\n');
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
