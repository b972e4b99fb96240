import type { FileStatus } from '../../../runner/protocol/workspaceModels.ts';

/** The letters of VS Code's own source control, the word, and the part of the theme colour's name. */
export const fileMarks: Readonly<Record<FileStatus, { letter: string; word: string; color: string }>> = {
  added: { letter: 'A', word: 'added', color: 'added' },
  modified: { letter: 'M', word: 'modified', color: 'modified' },
  deleted: { letter: 'D', word: 'deleted', color: 'deleted' },
  renamed: { letter: 'R', word: 'renamed', color: 'renamed' },
  untracked: { letter: 'U', word: 'untracked', color: 'untracked' },
  conflicted: { letter: '!', word: 'in conflict', color: 'conflicting' },
};
