const prefixPattern = /^[A-Z][A-Z0-9]{0,9}$/;

export function isPrefix(text: string): boolean {
  return prefixPattern.test(text);
}

/**
 * A prefix made from a project's name: `panopticon` PAN, `my-app` MYAP, `mind-your-now` MYN. Where that is taken,
 * letters of the name are added (PANO, PANOP), then numbers (PAN2).
 */
export function derivePrefix(name: string, taken: readonly string[]): string {
  const words = wordsOf(name);
  const base = basePrefix(words);
  const letters = words.join('');
  const used = new Set(taken);
  const longer = letters.startsWith(base)
    ? Array.from({ length: Math.max(0, Math.min(letters.length, 5) - base.length) }, (_, index) =>
        letters.slice(0, base.length + index + 1),
      )
    : [];
  for (const prefix of [base, ...longer]) if (!used.has(prefix)) return prefix;
  for (let count = 2; ; count += 1) if (!used.has(`${base}${count}`)) return `${base}${count}`;
}

/** Upper-case words of Latin letters and digits; the first begins with a letter. */
function wordsOf(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '');
  const words =
    plain
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toUpperCase()
      .match(/[A-Z0-9]+/g) ?? [];
  const [first, ...rest] = words;
  const start = (first ?? '').replace(/^[0-9]+/, '');
  return start === '' ? (rest.length === 0 ? [] : wordsOf(rest.join(' '))) : [start, ...rest];
}

function basePrefix(words: readonly string[]): string {
  const [first, second] = words;
  if (first === undefined) return 'PRJ';
  if (second === undefined) return first.length < 2 ? `${first}X` : first.slice(0, 3);
  if (words.length === 2) return first.slice(0, 2) + second.slice(0, 2);
  return words
    .slice(0, 5)
    .map((word) => word.charAt(0))
    .join('');
}
