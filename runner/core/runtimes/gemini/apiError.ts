import { fieldsOf, textOf } from '../../text/fields.ts';
import { parkedSign } from '../parkedSign.ts';
import type { TitleSign } from '../runtimeBehaviour.ts';

export interface ApiError {
  sign: TitleSign;
  /** When it can go on, where that is known. ISO 8601. */
  until: string | null;
}

type Cause = Parameters<typeof parkedSign>[0];

/** The API's status, its HTTP code, or a reason that it gives. A wrong key is a 400 with the reason. */
const meanings: Readonly<Record<string, Cause>> = {
  API_KEY_INVALID: 'login',
  UNAUTHENTICATED: 'login',
  PERMISSION_DENIED: 'login',
  401: 'login',
  403: 'login',
  RESOURCE_EXHAUSTED: 'limit',
  429: 'limit',
  NOT_FOUND: 'model',
  404: 'model',
};

/** Where no status is told: how the API's own sentences begin, and the lines that the tool adds (0.61.0). */
const sentences: readonly [RegExp, Cause][] = [
  [/^API key not valid/, 'login'],
  [/^(?:You (?:have )?(?:exceeded|exhausted) your|Quota exceeded|Resource (?:has been )?exhausted)/i, 'limit'],
  [/^(?:Suggested retry after \d|Please wait and try again later\.|Possible quota limitations )/m, 'limit'],
  [/^(?:models\/\S+ is not found|Requested entity was not found)/, 'model'],
];

/**
 * What an error that ended a turn means for the agent. The tool writes it down as text with the API's JSON in it, or with
 * the sentence of that (`Suggested retry after 7200s.`). A limit that ends within five minutes is waited for silently.
 */
export function readApiError(text: string, at: string): ApiError {
  const message = text.replace(/^\[API Error: /, '');
  const codes = codesIn(message);
  const known = codes.flatMap((code) => meanings[code] ?? []);
  const [cause] = codes.length > 0 ? known : saidIn(message);
  if (cause === undefined)
    return { sign: { state: 'idle', detail: `turn failed: ${firstLine(message)}` }, until: null };
  return { sign: parkedSign(cause), until: cause === 'limit' ? untilOf(text, at) : null };
}

function saidIn(message: string): Cause[] {
  return sentences.flatMap(([pattern, cause]) => (pattern.test(message) ? [cause] : []));
}

/** The one that says most first. */
function codesIn(message: string): string[] {
  const status = /^(?:got status: )?(\d{3})\b|\(Status: (\w+)\)\]/.exec(message);
  return [...codesOf(errorIn(message)), ...(status === null ? [] : [status[1] ?? status[2] ?? ''])];
}

function codesOf(error: Readonly<Record<string, unknown>>): string[] {
  const details = Array.isArray(error['details']) ? error['details'] : [];
  const reasons = details.map((detail) => textOf(fieldsOf(detail)['reason']));
  const code = typeof error['code'] === 'number' ? String(error['code']) : '';
  // The API's JSON may be the message of another one's.
  const inner = fieldsOf(fieldsOf(parse(textOf(error['message'])))['error']);
  const found = [...reasons, textOf(error['status']), code].filter((each) => each !== '');
  return Object.keys(inner).length > 0 ? [...codesOf(inner), ...found] : found;
}

/** The API's JSON goes from the first brace to the last. */
function errorIn(message: string): Record<string, unknown> {
  const json = message.slice(message.indexOf('{'), message.lastIndexOf('}') + 1);
  return fieldsOf(fieldsOf(parse(json))['error']);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is no JSON: a sentence.
    return undefined;
  }
}

function untilOf(text: string, at: string): string | null {
  const seconds = Number(/retry (?:after|in) (\d+(?:\.\d+)?)s/i.exec(text)?.[1] ?? Number.NaN);
  const begun = Date.parse(at);
  return Number.isNaN(seconds) || Number.isNaN(begun) ? null : new Date(begun + seconds * 1000).toISOString();
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
