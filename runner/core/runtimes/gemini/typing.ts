import type { Typing, TypingStep } from '../runtimeBehaviour.ts';

/**
 * Enter within 40 ms after a paste was taken in is a line break, as a protection against pasted line ends (0.61.0). Only
 * what the composer shows was taken in: on a busy machine that takes longer than any fixed time.
 */
const afterPasteMs = 80;

/** More lines than the composer shows of a paste before it becomes a mark (5). */
const clearedLines = 12;

export const geminiTyping: Typing = {
  steps(text) {
    if (isSlashCommand(text)) return undefined;
    // A backslash before the cursor makes Enter a line break. A blank at the end is cut off by the tool.
    const safe = text.endsWith('\\') ? `${text} ` : text;
    return [{ kind: 'paste', text: safe }];
  },
  enter: [
    { kind: 'pause', ms: afterPasteMs },
    { kind: 'key', key: 'Enter' },
  ],
  // Ctrl-C would empty it at once, but in an empty one it begins to end the tool.
  clear: Array.from({ length: clearedLines }).flatMap((): TypingStep[] => [
    { kind: 'key', key: 'C-u' },
    { kind: 'key', key: 'BSpace' },
  ]),
  // It would wait in the tool's memory until the turn ends, and be joined to others that wait.
  whileBusy: 'hold',
  isReady: (screen) => composerIn(screen) !== undefined,
  shows: (screen, text) => holds(composerIn(screen) ?? '', text),
};

/**
 * What stands in the composer, which is a line across the screen, a line about the mode, and a prompt; undefined where
 * there is none: every dialog is a box and hides it.
 */
function composerIn(screen: string): string | undefined {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  const prompt = lines.findLastIndex((line) => /^ [>*](?: |$)/.test(line));
  const below = lines.slice(prompt + 1);
  // Without colours a second line across the screen stands under the prompt.
  const end = below.findIndex(isRule);
  const isAfterRule = lines.slice(0, Math.max(prompt, 0)).some(isRule);
  if (prompt === -1 || !isAfterRule || below.some((line) => /[╭╰│]/.test(line))) return undefined;
  return [lines[prompt] ?? '', ...below.slice(0, end === -1 ? below.length : end)].join('\n').slice(3);
}

function isRule(line: string): boolean {
  return /^─{20,}$/.test(line.trim());
}

/** Enough to tell it from other text: the composer wraps, and shows a mark for more than 5 lines or 500 characters. */
const toldByCharacters = 16;

function holds(composer: string, text: string): boolean {
  const line = text.trim().split('\n')[0] ?? '';
  const squeezed = line.replace(/\s+/g, '').slice(0, toldByCharacters);
  return composer.trimStart().startsWith('[Pasted Text: ') || composer.replace(/\s+/g, '').startsWith(squeezed);
}

/** `/chat`, `/mcp:list args`; not a path such as `/etc/hosts`, which is sent as it is. */
export function isSlashCommand(text: string): boolean {
  return /^\s*\/[\w:?-]*(\s|$)/.test(text);
}
