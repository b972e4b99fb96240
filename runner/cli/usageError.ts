import { UserError } from '../protocol/errors.ts';

/** The command line makes no sense as it is: exit 2. `hint` is what to type instead. */
export function usageError(message: string, hint: string): UserError {
  return new UserError({ code: 'usage', message, hint, kind: 'usage' });
}
