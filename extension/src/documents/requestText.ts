import type { AgentRequest } from '../../../runner/protocol/models.ts';

/** The whole of what is asked, as it is: VS Code's editor marks characters that are not seen. */
export function requestText({ kind, text, questions }: Pick<AgentRequest, 'kind' | 'text' | 'questions'>): string {
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
