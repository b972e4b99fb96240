/**
 * Text of strangers (titles, messages, output) must not steer the reader's terminal. Removed: control sequences
 * (CSI, OSC with their payload, and the other string sequences), every other control character, and the
 * direction overrides that make text read as something else (CVE-2021-42574).
 */
const controlSequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** What nearly all text is; tested first because it is quick. */
const harmless = /^[\u0020-\u007e]*$/;

/** One line, safe to print. */
export function plainLine(text: string): string {
  if (harmless.test(text)) return text;
  return plainText(text)
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .trim();
}

/** Several lines, safe to print: line feeds and tabs stay. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(controlSequences, '').replace(controls, '');
}
