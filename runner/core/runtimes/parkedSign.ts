import type { Parking } from '../../protocol/models.ts';

/** Why an agent cannot go on, and whether its tool tries again by itself. */
export interface Parked {
  cause: Parking['cause'];
  retries?: boolean | undefined;
}

export type ParkedSign = Parked & { state: 'parked'; detail: string };

/** What a tool that says no more than the cause means. */
type KnownCause = Exclude<Parking['cause'], 'other'>;

const words: Readonly<Record<KnownCause, string>> = {
  limit: 'usage limit',
  login: 'logged out',
  model: 'its model is not available',
};

/** Such a sign, in the words that people read. */
export function parkedSign(cause: KnownCause): ParkedSign {
  return { state: 'parked', detail: words[cause], cause };
}

/** The failures in Claude Code's words (`error` of StopFailure and of its transcript) that park an agent. */
const causes: ReadonlyMap<string, KnownCause> = new Map([
  ['rate_limit', 'limit'],
  ['authentication_failed', 'login'],
  ['model_not_found', 'model'],
]);

/** Undefined for a failure after which it can be told to go on. */
export function parkedBy(failure: string): ParkedSign | undefined {
  const cause = causes.get(failure);
  return cause === undefined ? undefined : parkedSign(cause);
}
