import { UserError } from '../../../runner/protocol/errors.ts';

/** What a view sent, read one by one: nothing else of it goes on. */
export class GivenParams {
  private readonly values: Readonly<Record<string, unknown>>;

  /** @throws UserError for anything but an object. */
  constructor(params: unknown) {
    if (!isRecord(params)) throw malformed('params');
    this.values = params;
  }

  /** @throws UserError unless it is text of at most `maxLength` characters. */
  text(name: string, maxLength = 1_000_000): string {
    const text = this.values[name];
    if (typeof text !== 'string' || text.length > maxLength) throw malformed(name);
    return text;
  }

  optionalText(name: string, maxLength?: number): string | undefined {
    return this.values[name] === undefined ? undefined : this.text(name, maxLength);
  }

  /** @throws UserError unless it is a whole number from 1 to `most`. */
  count(name: string, most: number): number {
    const count = this.values[name];
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > most) throw malformed(name);
    return count;
  }

  /** @throws UserError unless it is a whole number from 0 on, or left out. */
  optionalPlace(name: string): number | undefined {
    const place = this.values[name];
    if (place === undefined) return undefined;
    if (typeof place !== 'number' || !Number.isSafeInteger(place) || place < 0) throw malformed(name);
    return place;
  }

  /** An empty list where it is left out. */
  texts(name: string): string[] {
    const texts = this.values[name] ?? [];
    if (!Array.isArray(texts) || texts.length > 100) throw malformed(name);
    return texts.map((text) => {
      if (typeof text !== 'string') throw malformed(name);
      return text;
    });
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const found = allowed.find((value) => value === this.values[name]);
    if (found === undefined) throw malformed(name);
    return found;
  }

  flag(name: string): boolean {
    const flag = this.values[name];
    if (typeof flag !== 'boolean') throw malformed(name);
    return flag;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a view of ours does not send. */
export function malformed(name: string): UserError {
  return new UserError({
    code: 'malformed',
    kind: 'usage',
    message: `The view sent something else than expected as ${name}.`,
    hint: 'This is a bug in Panopticon. Close the panel and open it again.',
  });
}
