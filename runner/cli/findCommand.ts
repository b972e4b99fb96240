import { nearest } from './nearest.ts';

export type Found =
  | { kind: 'command'; path: string; rest: string[] }
  /** `topic` is a command, the beginning of several, or empty for all. */
  | { kind: 'help'; topic: string }
  | { kind: 'version' }
  | { kind: 'unknown'; words: string; suggestions: string[] };

const mostWords = 3;
/** What other programs call it. */
const usualNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['list', ['work status', 'issue list']],
  ['ls', ['work status', 'issue list']],
  ['ps', ['work status']],
  ['start', ['work issue']],
  ['stop', ['work kill', 'daemon stop']],
]);
const versionFlags = ['--version', '-v', '-V'];

/** Which of the commands `paths` (`work tell`) the command line means. Options may stand before the command. */
export function findCommand(argv: readonly string[], paths: readonly string[]): Found {
  const { leading, words, rest } = splitLeading(argv);
  if (leading.some((option) => versionFlags.includes(option)) || argv.join(' ') === 'version')
    return { kind: 'version' };
  const isHelpCommand = words[0] === 'help';
  const asked = isHelpCommand ? words.slice(1) : words;
  const wantsHelp = isHelpCommand || leading.some(isHelpFlag);

  const path = longestPrefix(asked, paths);
  if (path !== undefined) {
    if (wantsHelp) return { kind: 'help', topic: path };
    return { kind: 'command', path, rest: [...leading, ...asked.slice(path.split(' ').length), ...rest] };
  }
  const group = longestPrefix(asked, groupsOf(paths));
  const depth = group === undefined ? 0 : group.split(' ').length;
  if (asked.length > depth) return unknown(asked.slice(0, depth + 1), asked, paths);
  const stray = [...leading, ...rest].find((word) => !isHelpFlag(word) && word !== '--');
  if (stray !== undefined && !wantsHelp) return unknown([...asked, stray], [...asked, stray], paths);
  return { kind: 'help', topic: group ?? '' };
}

/** Options before the command, the command's words, and everything from the first option after them. */
function splitLeading(argv: readonly string[]): { leading: string[]; words: string[]; rest: string[] } {
  let at = 0;
  while (argv[at]?.startsWith('-') && argv[at] !== '--') at += argv[at] === '--color' ? 2 : 1;
  const start = Math.min(at, argv.length);
  const found = argv.slice(start).findIndex((word) => word.startsWith('-'));
  const end = found < 0 ? argv.length : start + found;
  return { leading: argv.slice(0, start), words: argv.slice(start, end), rest: argv.slice(end) };
}

function isHelpFlag(word: string): boolean {
  return word === '--help' || word === '-h';
}

function longestPrefix(words: readonly string[], paths: readonly string[]): string | undefined {
  for (let count = Math.min(words.length, mostWords); count > 0; count -= 1) {
    const path = words.slice(0, count).join(' ');
    if (paths.includes(path)) return path;
  }
  return undefined;
}

/** `work` and `work hook` of `work hook push`. */
function groupsOf(paths: readonly string[]): string[] {
  const groups = paths.flatMap((path) => {
    const words = path.split(' ');
    return words.slice(1).map((_, index) => words.slice(0, index + 1).join(' '));
  });
  return [...new Set(groups)];
}

function unknown(words: readonly string[], typed: readonly string[], paths: readonly string[]): Found {
  const candidates = [...paths, ...groupsOf(paths)];
  // What fits more of what was typed makes shorter guesses needless.
  const slips = [3, 2, 1].reduce<string[]>((found, count) => {
    if (found.length > 0 || typed.length < count) return found;
    const start = typed.slice(0, count).join(' ');
    // Words that are right as far as they go were meant.
    if (candidates.includes(start)) return found;
    return nearest(
      start,
      candidates.filter((path) => path.split(' ').length === count),
    );
  }, []);
  const last = words.at(-1) ?? '';
  const usual = words.length === 1 || words[0] === 'work' ? usualNames.get(last) : undefined;
  if (usual !== undefined) return { kind: 'unknown', words: words.join(' '), suggestions: [...usual] };
  const sameVerb = paths.filter((path) => path.endsWith(` ${last}`));
  return { kind: 'unknown', words: words.join(' '), suggestions: [...new Set([...slips, ...sameVerb])].slice(0, 3) };
}
