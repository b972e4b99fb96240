/**
 * What went wrong, in words for people and in one code for programs. It crosses the socket once and is shown
 * unchanged by every client: `message` is one sentence about what happened, `hint` is the next thing to do.
 */
export interface UserErrorData {
  code: string;
  message: string;
  hint?: string | undefined;
  kind: UserErrorKind;
}

/** `user`: the request cannot be carried out (exit 1). `usage`: the request is malformed (exit 2). */
export type UserErrorKind = 'user' | 'usage';

/** A failure that a user can meet and act on. Everything else is our bug. */
export class UserError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly kind: UserErrorKind;

  constructor(data: {
    code: string;
    message: string;
    hint?: string | undefined;
    kind?: UserErrorKind;
    cause?: unknown;
  }) {
    super(data.message, data.cause === undefined ? undefined : { cause: data.cause });
    this.name = 'UserError';
    this.code = data.code;
    this.hint = data.hint;
    this.kind = data.kind ?? 'user';
  }

  toData(): UserErrorData {
    return { code: this.code, message: this.message, hint: this.hint, kind: this.kind };
  }
}

/** JSON-RPC error code that carries UserErrorData in `error.data` (the range below -32000 is left to applications). */
export const userErrorRpcCode = 1;
