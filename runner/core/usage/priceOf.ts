import type { Tokens } from '../../protocol/cost.ts';
import { type Price, prices } from './prices.ts';

/** What a model's name may have behind that of the price list: dates, stages, the size of its context. */
const variant = /^(?:[-@](?:\d{8}|\d{4}-\d\d-\d\d|\d\d-\d\d(?:-\d{4})?|\d{3,4}|latest|preview|exp))*(?:\[\w+\])?$/;
/** Who serves it: `anthropic/`, `models/`, `us.anthropic.`. */
const provider = /^(?:[\w-]+\/)*(?:(?:[a-z]{2,6}\.)?anthropic\.)?/;

/** US dollars at list prices, or null where the model's price is not known: nothing is guessed from its family. */
export function priceOf(model: string, tokens: Tokens): number | null {
  const price = listPrice(model.toLowerCase().replace(provider, ''));
  if (price === undefined) return null;
  const millionths =
    tokens.input * price.input +
    tokens.output * price.output +
    tokens.cacheRead * price.cacheRead +
    tokens.cacheWrite * price.cacheWrite +
    tokens.cacheWriteLong * price.cacheWriteLong;
  return millionths / 1_000_000;
}

/** The longest name that fits. */
function listPrice(model: string): Price | undefined {
  const fitting = Object.entries(prices).filter(
    ([name]) => model.startsWith(name) && variant.test(model.slice(name.length)),
  );
  return fitting.toSorted(([a], [b]) => b.length - a.length)[0]?.[1];
}
