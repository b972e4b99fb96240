/** Control characters but line feed and tab, and what is not seen or turns the direction of what follows. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029\u3164\uFFA0]/gu;

/** Text of strangers that a person decides about: what would not be seen in it is shown as `\u202e`. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
