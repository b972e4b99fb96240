const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A program and its arguments as one would type them in a POSIX shell. For reading and copying, never for running. */
export function shellWords(argv: readonly string[]): string {
  return argv.map((word) => (plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
