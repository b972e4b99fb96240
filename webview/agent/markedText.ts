import { html, type TemplateResult } from 'lit';
import { matchesIn } from '../../runner/protocol/foundText.ts';

/** Of a letter that is everywhere, only the first are marked, and the one where the person stands. */
const maxMarks = 500;

/** Text in which what `pattern` finds is marked; match `current` of it is the one where the person stands. */
export function markedText(text: string, pattern: RegExp, current: number): (string | TemplateResult)[] {
  const marked: (string | TemplateResult)[] = [];
  let from = 0;
  for (const [index, { start, end }] of matchesIn(text, pattern).entries()) {
    if (index >= maxMarks && index !== current) continue;
    const found = text.slice(start, end);
    const mark =
      index === current ? html`<mark class="current" aria-current="true">${found}</mark>` : html`<mark>${found}</mark>`;
    marked.push(text.slice(from, start), mark);
    from = end;
  }
  return [...marked, text.slice(from)];
}
