import type { Look } from './look.ts';

/** The sixteen terminal colours only: they follow the reader's theme. */
const codes = {
  yellow: '33',
  red: '31',
  blue: '34',
  magenta: '35',
  green: '32',
  cyan: '36',
  dim: '2',
  bold: '1',
  redBold: '1;31',
} as const;

export type Style = keyof typeof codes;

export function paint(text: string, style: Style, look: Pick<Look, 'color'>): string {
  return look.color && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}
