import type { UserErrorData } from '../protocol/errors.ts';

export const exitCodes = { ok: 0, user: 1, usage: 2, bug: 70 } as const;

export interface Failure {
  error: { code: string; message: string; hint: string | undefined };
  exitCode: number;
}

/** What people are told about anything that was thrown. Everything that is not a UserError is our bug. */
export function failureOf(thrown: unknown): Failure {
  if (isUserError(thrown)) {
    const { code, message, hint, kind } = thrown;
    return { error: { code, message, hint }, exitCode: kind === 'usage' ? exitCodes.usage : exitCodes.user };
  }
  const [reason = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
  return {
    error: {
      code: 'bug',
      message: `This is a bug in Panopticon: ${reason.replace(/\.?$/, '.')}`,
      hint: "See the runner's log: pan daemon log (PAN_DEBUG=1 shows where it happened)",
    },
    exitCode: exitCodes.bug,
  };
}

/** By its shape: what dist/runner.js throws is made by its own copy of the class. */
export function isUserError(thrown: unknown): thrown is Error & UserErrorData {
  return thrown instanceof Error && thrown.name === 'UserError' && 'code' in thrown && 'kind' in thrown;
}
