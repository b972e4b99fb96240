/** US dollars for a million tokens. */
export interface Price {
  input: number;
  output: number;
  cacheRead: number;
  /** Cache that lasts minutes. */
  cacheWrite: number;
  /** Cache that lasts an hour or longer. */
  cacheWriteLong: number;
}

/** List prices change: this is the newest date of a source below. */
export const pricesOf = '2026-11-06';

/*
 * Standard list prices of the makers' own interfaces. A subscription costs what it costs, whatever stands here. Not modelled: batch and fast modes, regional surcharges, and
 * the higher prices of single requests with long prompts (Claude Haiku 5.5 from 100,000 tokens on: five times as much;
 * GPT-5.5 and later from 272,000: input twice, output one and a half times as much; Gemini Pro from 200,000).
 *
 * Claude: https://platform.claude.com/docs/en/about-claude/pricing; Haiku 5.5, Sonnet 5.5 and Opus 5.5 as compared with
 *   that page on 2026-10-24 (https://github.com/kurofune/claudit/releases/tag/v1.9.2) and 2026-09-23
 *   (https://github.com/TheKrush/PromptFuel/releases/tag/v1.0.21).
 * GPT: https://developers.openai.com/api/docs/pricing as read on 2026-11-05 for API Evangelist's page of 2026-11-06;
 *   single models by the release notes of PromptFuel 1.0.19 to 1.0.24 and codexometer 0.18.4 (September and October
 *   2026). Cache writes of GPT-5 are taken for input.
 * Gemini: https://ai.google.dev/gemini-api/docs/pricing as read on 2026-10-07
 *   (https://github.com/api-evangelist/deepmind) and for the release notes of agent-telemetry 1.6.6 (2026-09-30). 3.6 to
 *   3.8 Flash at the price that holds until 2026-12-31; it doubles then. Reads from a cache cost a tenth of input; its
 *   storage is not counted.
 */
export const prices: Readonly<Record<string, Price>> = {
  'claude-fable-5-1': claude(10, 50, 0.25),
  'claude-mythos-5-1': claude(10, 50, 0.25),
  'claude-fable-5': claude(10, 50),
  'claude-mythos-5': claude(10, 50),
  'claude-opus-5-5': claude(4, 20, 0.2),
  'claude-opus-5': claude(5, 25),
  'claude-opus-4-5': claude(5, 25),
  'claude-opus-4-6': claude(5, 25),
  'claude-opus-4-7': claude(5, 25),
  'claude-opus-4-8': claude(5, 25),
  'claude-opus-4-1': claude(15, 75),
  'claude-opus-4-0': claude(15, 75),
  'claude-opus-4': claude(15, 75),
  'claude-3-opus': claude(15, 75),
  'claude-sonnet-5-5': claude(2, 10, 0.1),
  'claude-sonnet-5': claude(2, 10),
  'claude-sonnet-4-6': claude(3, 15),
  'claude-sonnet-4-5': claude(3, 15),
  'claude-sonnet-4-0': claude(3, 15),
  'claude-sonnet-4': claude(3, 15),
  'claude-3-7-sonnet': claude(3, 15),
  'claude-3-5-sonnet': claude(3, 15),
  'claude-haiku-5-5': claude(0.1, 0.5),
  'claude-haiku-4-5': claude(1, 5),
  'claude-3-5-haiku': claude(0.8, 4),
  'claude-3-haiku': { input: 0.25, output: 1.25, cacheRead: 0.03, cacheWrite: 0.3, cacheWriteLong: 0.5 },

  'gpt-6.1-sol': gpt(2, 10, 0.1, 2.5),
  'gpt-6.1-terra': { ...gpt(1, 5, 0.05, 1.25), cacheWriteLong: 2.5 },
  'gpt-6-astra': gpt(10, 50, 1, 12.5),
  'gpt-6-sol': gpt(2, 10, 0.2, 2.5),
  'gpt-6-luna': gpt(0.1, 0.5, 0.01, 0.125),
  'gpt-5.6-sol': gpt(5, 30, 0.5),
  'gpt-5.6-terra': gpt(2, 12, 0.2),
  'gpt-5.6-luna': gpt(0.2, 1.2, 0.02),
  'gpt-5.5': gpt(5, 30, 0.5),
  'gpt-5.4': gpt(2.5, 15, 0.25),
  'gpt-5.4-mini': gpt(0.75, 4.5, 0.075),
  'gpt-5.3-codex': gpt(1.75, 14, 0.175),
  'gpt-5.2-codex': gpt(1.75, 14, 0.175),
  'gpt-5.2': gpt(1.75, 14, 0.175),
  'gpt-5.1-codex-max': gpt(1.25, 10, 0.125),
  'gpt-5.1-codex': gpt(1.25, 10, 0.125),
  'gpt-5.1': gpt(1.25, 10, 0.125),
  'gpt-5-codex': gpt(1.25, 10, 0.125),
  'gpt-5': gpt(1.25, 10, 0.125),
  'gpt-5-mini': gpt(0.25, 2, 0.025),
  'gpt-5-nano': gpt(0.05, 0.4, 0.005),

  'gemini-3.8-flash': gemini(0.75, 3.75, 0.075),
  'gemini-3.7-flash': gemini(0.75, 3.75, 0.075),
  'gemini-3.6-flash': gemini(0.75, 3.75, 0.075),
  'gemini-3.5-flash': gemini(1.5, 9, 0.15),
  'gemini-3.1-pro': gemini(2, 12, 0.2),
  'gemini-3.1-pro-preview-customtools': gemini(2, 12, 0.2),
  'gemini-3.1-flash-lite': gemini(0.25, 1.5, 0.025),
  'gemini-3-pro': gemini(2, 12, 0.2),
  'gemini-3-flash': gemini(0.5, 3, 0.05),
  'gemini-2.5-pro': gemini(1.25, 10, 0.125),
  'gemini-2.5-flash': gemini(0.3, 2.5, 0.03),
  'gemini-2.5-flash-lite': gemini(0.1, 0.4, 0.01),

  // What Claude Code 2.1.330 says itself, without a model, such as an error of the service.
  '<synthetic>': gpt(0, 0, 0),
  rehearsal: gpt(0, 0, 0),
};

/** Cache writes cost 1.25 times and 2 times the input, reads a tenth unless the price list says otherwise. */
function claude(input: number, output: number, cacheRead = input / 10): Price {
  return { input, output, cacheRead, cacheWrite: input * 1.25, cacheWriteLong: input * 2 };
}

function gpt(input: number, output: number, cacheRead: number, cacheWrite = input): Price {
  return { input, output, cacheRead, cacheWrite, cacheWriteLong: cacheWrite };
}

function gemini(input: number, output: number, cacheRead: number): Price {
  return { input, output, cacheRead, cacheWrite: input, cacheWriteLong: input };
}
