import type { UserErrorData } from '../../protocol/errors.ts';
import type { Look } from './look.ts';
import { paint } from './paint.ts';
import { plainText } from './plainText.ts';

/** `error: ...` and `hint: ...`; further lines of a message stand below its first. */
export function errorText(error: Pick<UserErrorData, 'message' | 'hint'>, look: Pick<Look, 'color'>): string {
  const lines = [labelled('error:', 'redBold', error.message, look)];
  if (error.hint !== undefined) lines.push(labelled('hint:', 'cyan', error.hint, look));
  return lines.join('\n');
}

function labelled(label: string, style: 'redBold' | 'cyan', text: string, look: Pick<Look, 'color'>): string {
  const indent = ' '.repeat(label.length + 1);
  return `${paint(label, style, look)} ${plainText(text).trimEnd().replaceAll('\n', `\n${indent}`)}`;
}
