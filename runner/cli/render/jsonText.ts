/** What JSON.stringify leaves as it is and a terminal acts upon: DEL and C1, and the marks that turn text around. */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A document as JSON that is safe to print: the same value, with everything that could steer a terminal escaped. */
export function jsonText(document: unknown, indent: number): string {
  return JSON.stringify(document, null, indent).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
