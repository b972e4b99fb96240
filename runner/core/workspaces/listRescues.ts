import type { IssueId } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import type { Rescue } from '../../protocol/workspaceModels.ts';
import type { Git } from '../git/git.ts';
import { commonDirOf } from './repositoryView.ts';
import { rescueIdentity } from './rescue.ts';
import { compareRescues, parseRescueRef, type RescueName, rescueRoot } from './rescueNames.ts';
import { isRunnerOwned } from './workspaceNames.ts';

/** A rescue with what restoring it needs. */
export interface KeptRescue {
  rescue: Rescue;
  commit: string;
  /** The commit that the work stood on: below the rescue's own commit, or what was kept itself; null before the first. */
  head: string | null;
}

interface Named extends RescueName {
  ref: string;
  commit: string;
  head: string | null;
  isOwn: boolean;
}

const format = '--format=%(refname)%00%(objectname)%00%(parent)%00%(authoremail)';
/** As many commits as fit into one command line by far. */
const commitsAtOnce = 200;

/** The rescues of a project, or of one of its issues, newest first. @throws GitFailure */
export async function listRescues(git: Git, project: Project, issueId?: IssueId): Promise<KeptRescue[]> {
  const place = { cwd: project.path, gitDir: await commonDirOf(project) };
  const pattern = issueId === undefined ? rescueRoot : `${rescueRoot}/${issueId.toLowerCase()}`;
  const named = parse(project, await git.read(place, ['for-each-ref', format, pattern]));
  const own = [...new Set(named.filter(({ isOwn }) => isOwn).map(({ commit }) => commit))];
  const files = new Map<string, number>();
  for (let start = 0; start < own.length; start += commitsAtOnce) {
    const args = [
      '-c',
      'log.showRoot=true',
      'log',
      '--no-show-signature',
      '--no-walk=unsorted',
      '--format=commit %H',
      '--name-only',
      '-z',
      '--no-renames',
      '--no-color',
    ];
    const text = await git.read(place, [...args, '--no-relative', ...own.slice(start, start + commitsAtOnce), '--']);
    for (const [commit, count] of countFiles(text)) files.set(commit, count);
  }
  return named.sort(compareRescues).map(({ ref, issueId: id, at, commit, head }) => ({
    rescue: { ref, issueId: id, project: project.name, at, files: files.get(commit) ?? 0 },
    commit,
    head,
  }));
}

function parse(project: Project, text: string): Named[] {
  return text.split('\n').flatMap((line) => {
    const [ref = '', commit = '', parents = '', email = ''] = line.split('\0');
    const name = parseRescueRef(project, ref);
    if (name === undefined) return [];
    // What was committed already is kept as it is; only what was not is in a commit of the runner's on top.
    const isOwn = email === `<${rescueIdentity.GIT_AUTHOR_EMAIL}>`;
    const head = isOwn ? parents.split(' ')[0] || null : commit;
    return [{ ...name, ref, commit, head, isOwn }];
  });
}

/** Reads `git log --format=commit %H --name-only -z`: how many files of people's each commit changes. */
export function countFiles(text: string): Map</* commit */ string, number> {
  const counts = new Map<string, number>();
  for (const part of text.split(/(?:^|\0)commit (?=[0-9a-f]{40,64}(?:\0|\n|$))/).slice(1)) {
    const [commit = '', ...names] = part.split('\0');
    const files = names.map((name, index) => (index === 0 ? name.replace(/^\n/, '') : name));
    counts.set(commit.trim(), files.filter((name) => name !== '' && !isRunnerOwned(name)).length);
  }
  return counts;
}
