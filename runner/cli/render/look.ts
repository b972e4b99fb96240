import type { Environment } from '../host.ts';

/** How to draw for one output stream. */
export interface Look {
  /** Columns that a line may take; Infinity where nothing is cut off (not a terminal). */
  width: number;
  color: boolean;
  unicode: boolean;
  now: Date;
  /** Columns that a text takes. */
  measure(text: string): number;
}

export type ColorChoice = 'auto' | 'always' | 'never';

export interface StreamFacts {
  isTTY: boolean;
  columns: number | undefined;
}

const defaultWidth = 80;

export function lookOf(
  stream: StreamFacts,
  env: Environment,
  choice: ColorChoice,
  now: Date,
  measure: (text: string) => number,
): Look {
  return {
    width: widthOf(stream, env),
    color: wantsColor(stream, env, choice),
    unicode: hasUnicode(env),
    now,
    measure,
  };
}

function widthOf(stream: StreamFacts, env: Environment): number {
  if (!stream.isTTY) return Number.POSITIVE_INFINITY;
  const columns = Number(env['COLUMNS']);
  if (Number.isInteger(columns) && columns > 0) return columns;
  // Some terminals say 0 before they have been given a size.
  return stream.columns === undefined || stream.columns <= 0 ? defaultWidth : stream.columns;
}

/** `--color` wins over FORCE_COLOR, that over NO_COLOR (https://no-color.org: set and not empty), that over TERM=dumb. */
function wantsColor(stream: StreamFacts, env: Environment, choice: ColorChoice): boolean {
  if (choice !== 'auto') return choice === 'always';
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  const refused = env['NO_COLOR'];
  if (refused !== undefined && refused !== '') return false;
  if (env['TERM'] === 'dumb') return false;
  return stream.isTTY;
}

/** The console of Linux (TERM=linux) has a font of 256 or 512 glyphs, without ours. */
function hasUnicode(env: Environment): boolean {
  if (env['PAN_ASCII'] === '1' || env['TERM'] === 'linux') return false;
  const locale = firstSet(env['LC_ALL'], env['LC_CTYPE'], env['LANG']);
  return /utf-?8/i.test(locale);
}

function firstSet(...values: (string | undefined)[]): string {
  return values.find((value) => value !== undefined && value !== '') ?? '';
}
