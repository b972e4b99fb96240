export interface Ref {
  /** Full name: `refs/heads/main`. */
  name: string;
  /** Object id. */
  id: string;
  /** Full name of the ref that a symbolic one points to. */
  target: string | null;
}

/** The format that `parseRefs` reads. Names hold no newline and no NUL, so nothing needs quoting. */
export const refFormat = '--format=%(refname)%00%(objectname)%00%(symref)';

/** Reads `git for-each-ref` with `refFormat`. */
export function parseRefs(text: string): Ref[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', id = '', target = ''] = line.split('\0');
      return { name, id, target: target === '' ? null : target };
    });
}
