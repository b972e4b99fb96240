const ESC = '\\u001b';
// Escape sequences as a whole (OSC and its relatives up to BEL or ST, CSI, two-byte ones), so that no rest of them is left as text.
const STRING_SEQUENCE = new RegExp(
  `(?:${ESC}[\\]P_^X]|[\\u009d\\u0090\\u009f\\u009e\\u0098])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|${ESC}\\\\|\\u009c)?`,
  'g',
);
const CONTROL_SEQUENCE = new RegExp(`(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]?`, 'g');
const SHORT_SEQUENCE = new RegExp(`${ESC}[ -/]*[0-~]?`, 'g');
// What is left of the control characters (all but newline), and the characters that reorder text.
const CONTROL = /(?!\n)\p{Cc}|\p{Bidi_Control}/gu;

/** The text as a terminal may show it: escape sequences and control characters removed, tabs as spaces, newlines kept. */
export function printableText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', '    ')
    .replaceAll(STRING_SEQUENCE, '')
    .replaceAll(CONTROL_SEQUENCE, '')
    .replaceAll(SHORT_SEQUENCE, '')
    .replaceAll(CONTROL, '');
}

/** The first line with something in it, printable, at most `maxLength` characters. */
export function firstLine(text: string, maxLength: number): string {
  const line = printableText(text)
    .split('\n')
    .map((candidate) => candidate.trim())
    .find((candidate) => candidate !== '');
  const characters = [...(line ?? '')];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : characters.join('');
}
