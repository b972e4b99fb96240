import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Git, GitPlace } from '../git/git.ts';

/** As many paths as fit into one command line by far. */
const pathsAtOnce = 200;

/**
 * Files that differ from the index and that git was told not to look at (`update-index --assume-unchanged` and
 * `--skip-worktree`): no status shows them. Paths from the top of the workspace. @throws GitFailure
 */
export async function hiddenEdits(git: Git, place: GitPlace): Promise<string[]> {
  const edited: string[] = [];
  const files: HiddenFile[] = [];
  for (const file of parseHidden(await git.read(place, ['ls-files', '-v', '--stage', '-z']))) {
    const found = await lstat(path.join(place.cwd, file.path)).catch(() => undefined);
    if (found === undefined) continue;
    // What git cannot hash as a file counts as changed.
    if (found.isFile() && file.isRegular) files.push(file);
    else edited.push(file.path);
  }
  for (const some of inPortions(files)) {
    const ids = (await git.read(place, ['hash-object', '--', ...some.map((file) => file.path)])).trim().split('\n');
    edited.push(...some.filter(({ id }, index) => ids[index] !== id).map((file) => file.path));
  }
  return edited.sort();
}

/** Has git look at these again, in the index that `env` names. */
export async function unhide(
  git: Git,
  place: GitPlace,
  paths: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  for (const flag of ['--no-assume-unchanged', '--no-skip-worktree']) {
    for (const some of inPortions(paths)) await git.write(place, ['update-index', flag, '--', ...some], { env });
  }
}

interface HiddenFile {
  path: string;
  id: string;
  isRegular: boolean;
}

/** Reads `git ls-files -v --stage -z`: the tag is in lower case for `assume-unchanged`, and S for `skip-worktree`. */
function parseHidden(text: string): HiddenFile[] {
  return text.split('\0').flatMap((line) => {
    const [, mode = '', id = '', name = ''] = /^[a-zS] (\d{6}) ([0-9a-f]+) \d\t(.*)$/s.exec(line) ?? [];
    return name === '' ? [] : [{ path: name, id, isRegular: mode.startsWith('100') }];
  });
}

/** Paths for one command line each. */
export function inPortions<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / pathsAtOnce);
  return Array.from({ length: count }, (_, index) => all.slice(index * pathsAtOnce, (index + 1) * pathsAtOnce));
}
