import { UserError } from '../../protocol/errors.ts';

/** The error code of a failed system call (`ENOENT`), or undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Turns what the disk said about `path` into one sentence and a next step; other errors pass unchanged. */
export function fileFailure(error: unknown, path: string): unknown {
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new UserError({
        code: 'diskFull',
        message: `The disk is full: ${path} could not be written. What was there before is unharmed.`,
        hint: 'Free some space and run the command again.',
        cause: error,
      });
    case 'EROFS':
      return new UserError({
        code: 'readOnly',
        message: `${path} is on a read-only file system.`,
        hint: 'Set PANOPTICON_HOME to a folder that can be written.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
      return new UserError({
        code: 'noPermission',
        message: `There is no permission to write ${path}.`,
        hint: `Look at its owner and mode: ls -ld '${path}'`,
        cause: error,
      });
    case 'EISDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
    case 'ENOENT':
    case 'ENOTDIR':
      return new UserError({
        code: 'badPath',
        message: `${path} cannot be written (${errnoOf(error)}).`,
        hint: 'Look at the folders above it, or set PANOPTICON_HOME to another.',
        cause: error,
      });
    default:
      return error;
  }
}
