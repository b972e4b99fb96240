import type { Typing, TypingStep } from '../runtimeBehaviour.ts';
import { type Composer, readComposer } from './claudeScreen.ts';

/**
 * Claude Code 2.1.330 takes more than about 800 characters at once for a paste, and tells the model that what was pasted
 * may not be the person's. Typed in such bursts 10 kB arrived as typed; on a machine that is very busy some run together.
 */
const burstLength = 200;
const burstPauseMs = 20;
/** Longer texts would take over half a second, and go by file. */
const maxLength = 5_000;

export const claudeTyping: Typing = {
  steps,
  enter: [{ kind: 'key', key: 'Enter' }],
  clear: clearLines(4),
  // A prompt that was interrupted before its first answer is put back, and what is typed would join it.
  restoresPrompts: true,
  clearFor: (screen) => {
    const composer = readComposer(screen);
    if (composer === undefined) return clearLines(4);
    return composer.text.trim() === '' ? [] : clearLines(composer.lines + composer.hidden);
  },
  whileBusy: 'immediate',
  isReady: (screen) => readComposer(screen) !== undefined,
  // Entered in the same instant as a burst, Enter is taken for a part of it.
  shows: (screen, text) => isShown(readComposer(screen), composed(text)),
  spoils: (screen) => readComposer(screen)?.text.includes(pasteMark) === true,
};

/** Stands for what it took for a paste: `[Pasted text #1 +57 lines]`. On a machine that is very busy bursts run together. */
const pasteMark = '[Pasted text #';

function isShown(composer: Composer | undefined, text: string): boolean {
  if (composer === undefined) return false;
  const [visible, typed] = [letters(composer.text), letters(text)];
  return composer.hidden > 0 ? typed.endsWith(visible) : typed === visible || composer.text.includes(pasteMark);
}

/** What the screen shows as it was typed: it breaks lines, and some signs look different. */
function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

/** A text that begins as a command does, so that it is a message. */
export function plainWords(text: string): string {
  // In 2.1.330 blanks before it do not keep `/` from being a command.
  return /^\s*\//.test(text) ? `My message, word for word:\n\n${text}` : text;
}

function steps(text: string): readonly TypingStep[] | undefined {
  if (text.length > maxLength) return undefined;
  const typed: TypingStep[] = [];
  let size = 0;
  const add = (step: TypingStep, length: number): void => {
    if (size + length > burstLength) {
      typed.push({ kind: 'pause', ms: burstPauseMs });
      size = 0;
    }
    typed.push(step);
    size += length;
  };
  for (const [index, line] of composed(text).split('\n').entries()) {
    if (index > 0) add({ kind: 'key', key: 'C-j' }, 1);
    for (const part of partsOf(line)) add({ kind: 'type', text: part }, part.length);
  }
  return typed;
}

/**
 * As it has to be typed: a tab would complete something, `!` at the beginning runs a command, `?` opens help, `\` before
 * Enter makes a new line, and Enter after `@name` may complete a file's name. Blanks at the end are trimmed by the tool.
 */
function composed(text: string): string {
  const plain = plainWords(text.replace(/\r\n?/g, '\n').replaceAll('\t', '    '));
  return `${/^[!?]/.test(plain) ? ' ' : ''}${plain} `;
}

/** Parts of at most a burst, none of which ends within a character. */
function partsOf(line: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    if (part.length + character.length > burstLength) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return part === '' ? parts : [...parts, part];
}

/** C-u takes away one line or one line feed; many of them in one instant count as one. */
function clearLines(lines: number): TypingStep[] {
  return Array.from({ length: 2 * lines }, () => [
    { kind: 'key', key: 'C-u' } as const,
    { kind: 'pause', ms: 5 } as const,
  ]).flat();
}
