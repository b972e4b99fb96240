import { shortened } from '../plainText.ts';

/** Why a folder is no project, and what helps. */
interface FolderProblem {
  text: string;
  helps: readonly ('initialize' | 'choose')[];
}

/** Longest name of a folder in the sentence, in characters: VS Code cuts a notification that is longer. */
const longest = 60;

/** By the code of the failure; undefined for those that are not the folder's own. */
export function folderProblem(code: string, name: string): FolderProblem | undefined {
  const folder = shortened(name, longest);
  switch (code) {
    case 'notARepository':
      return { text: `${folder} is not a git repository.`, helps: ['initialize', 'choose'] };
    case 'noCommit':
      return { text: `${folder} has no commit yet. Commit once, then add it again.`, helps: ['choose'] };
    case 'bareRepository':
      return { text: `${folder} is bare: it has no files to work on. Choose a checkout of it.`, helps: ['choose'] };
    case 'folderMissing':
      return { text: `The folder ${folder} is not there.`, helps: ['choose'] };
    default:
      return undefined;
  }
}
