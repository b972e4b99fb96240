import type { Tokens } from '../../protocol/cost.ts';

export const noTokens: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0 };

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return combine(a, b, 1);
}

export function subtractTokens(a: Tokens, b: Tokens): Tokens {
  return combine(a, b, -1);
}

export function totalTokens(tokens: Tokens): number {
  return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite + tokens.cacheWriteLong;
}

/** Counts as a tool wrote them down: what is no count is none. */
export function checkedTokens(tokens: Tokens): Tokens {
  const count = (value: number): number => (Number.isSafeInteger(value) && value > 0 ? value : 0);
  return {
    input: count(tokens.input),
    output: count(tokens.output),
    cacheRead: count(tokens.cacheRead),
    cacheWrite: count(tokens.cacheWrite),
    cacheWriteLong: count(tokens.cacheWriteLong),
  };
}

function combine(a: Tokens, b: Tokens, sign: 1 | -1): Tokens {
  return {
    input: a.input + sign * b.input,
    output: a.output + sign * b.output,
    cacheRead: a.cacheRead + sign * b.cacheRead,
    cacheWrite: a.cacheWrite + sign * b.cacheWrite,
    cacheWriteLong: a.cacheWriteLong + sign * b.cacheWriteLong,
  };
}
