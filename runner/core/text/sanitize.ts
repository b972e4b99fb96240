const esc = '\\u001b';
/** Control sequences as a whole (ECMA-48): CSI; OSC, DCS, SOS, PM and APC up to their end; the short ones. */
const sequences = new RegExp(
  [
    `(?:${esc}\\[|\\u009b)[0-?]*[ -/]*[@-~]`,
    `(?:${esc}[PX\\]^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\p{Cc}]*(?:\\u0007|${esc}\\\\|\\u009c)`,
    `${esc}[ -/]*[0-~]`,
  ].join('|'),
  'gu',
);
/** C0, DEL, C1, and the marks that turn the direction of text around. */
const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const controlsButLines = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const whiteSpace = /\s+/gu;

/**
 * Text of strangers, harmless for a terminal: without esc sequences, control characters and bidirectional
 * overrides. With `keepLines` line feeds and tabs stay.
 */
export function stripControls(text: string, options: { keepLines?: boolean } = {}): string {
  return text.replace(sequences, '').replace(options.keepLines === true ? controlsButLines : controls, '');
}

/** Text of strangers as one harmless line of at most `max` characters (code points); what is cut off shows as `…`. */
export function oneLine(text: string, max: number): string {
  const line = stripControls(text, { keepLines: true }).replace(whiteSpace, ' ').trim();
  if (line.length <= max) return line;
  const characters = [...line];
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}
