import type { ScreenDialog, TypingStep } from '../runtimeBehaviour.ts';

/** The last option of every choice. */
const ownWords = 'Enter a custom value';

/** Enter within 30 ms after typed text is a line break (0.61.0); the field has to have the focus before. */
const focusMs = 200;

const frame = /^(Enter to (select|submit) .*|Answer Questions|)$/;

/**
 * The dialog in which one question is asked; several at once have tabs, and are not read:
 *
 *     │ Answer Questions                  │
 *     │                                   │
 *     │ Which database should I use?      │
 *     │                                   │
 *     │ ● 1.  Postgres                    │
 *     │       big                         │
 *     │   2.  Enter a custom value        │
 *     │                                   │
 *     │ Enter to select · Esc to cancel   │
 *
 * One that is answered in words has `> ` instead of the options.
 */
export function readQuestion(inside: readonly string[]): ScreenDialog | undefined {
  const lines = inside.map((line) => line.trimEnd());
  if (lines.find((line) => line !== '') !== 'Answer Questions' || lines.some((line) => line.startsWith('← ')))
    return undefined;
  const body = lines.filter((line) => !frame.test(line));
  const end = body.findIndex((line) => /^(●| ) \d\. |^> /.test(line));
  if (end < 1) return undefined;
  const options = new Map(body.slice(end).flatMap(optionIn));
  const isInWords = body[end]?.startsWith('> ') === true;
  return {
    subject: body.slice(0, end).join(' '),
    deny: [{ kind: 'key', key: 'Escape' }],
    texts: ([answer = '', ...more]) => {
      if (more.length > 0 || answer === '' || /\p{Cc}/u.test(answer)) return undefined;
      if (isInWords) return typed(answer);
      const chosen = answer === ownWords ? undefined : options.get(answer);
      if (chosen !== undefined) return [{ kind: 'type', text: chosen }];
      const other = options.get(ownWords);
      return other === undefined ? undefined : [{ kind: 'type', text: other }, ...typed(answer)];
    },
  };
}

function optionIn(line: string): [label: string, digit: string][] {
  const match = /^(?:●| ) (\d)\. +(.+)$/.exec(line);
  return match === null ? [] : [[match[2] ?? '', match[1] ?? '']];
}

function typed(text: string): TypingStep[] {
  const pause: TypingStep = { kind: 'pause', ms: focusMs };
  return [pause, { kind: 'type', text }, pause, { kind: 'key', key: 'Enter' }];
}
