import type { TitleSign } from '../runtimeBehaviour.ts';

/**
 * The glyphs before the title's words, which are translated in no version so far. The title follows the state within
 * 0.2 s. "Working" also stands over the dialogs about a usage limit and a missing model; "Ready" over the one about how
 * to sign in, and after a turn that failed, so that it only says that nothing goes on.
 */
const signs: readonly [glyph: string, sign: TitleSign][] = [
  ['✦', { state: 'busy', detail: 'working' }],
  ['✋', { state: 'waiting', detail: 'asks something' }],
  ['◇', { state: 'quiet', detail: 'ready' }],
];

/** `◇  Ready (app)`, `✦  Working… (app)`, `✋  Action Required (app)`. */
export function titleSign(title: string): TitleSign | undefined {
  return signs.find(([glyph]) => title.startsWith(glyph))?.[1];
}
