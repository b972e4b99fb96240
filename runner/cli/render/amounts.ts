/** 950, 54k, 2.1M, 1.3G. */
export function shortTokens(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 999_500) return `${Math.round(count / 1_000)}k`;
  if (count < 999_950_000) return `${(count / 1_000_000).toFixed(1)}M`;
  return `${(count / 1_000_000_000).toFixed(1)}G`;
}

/** $1.84, $1234.50, <$0.01; `?` where it is not known. */
export function dollarText(dollars: number | null): string {
  if (dollars === null) return '?';
  return dollars > 0 && dollars < 0.01 ? '<$0.01' : `$${dollars.toFixed(2)}`;
}
