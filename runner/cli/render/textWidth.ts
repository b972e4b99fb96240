const ascii = /^[\u0020-\u007e\n]*$/;

/** How wide texts are: their length, except when the document has other than ASCII in it, which costs a library. */
export async function measureFor(document: unknown): Promise<(text: string) => number> {
  if (ascii.test(JSON.stringify(document) ?? '')) return lengthOf;
  const { default: stringWidth } = await import('string-width');
  return (text) => (ascii.test(text) ? text.length : stringWidth(text));
}

export function lengthOf(text: string): number {
  return text.length;
}
