import type { IssueId } from '../../../runner/protocol/issueId.ts';
import type { ChangedFile, WorkspaceChanges } from '../../../runner/protocol/workspaceModels.ts';
import type { BaseFileName } from './baseFileName.ts';

/** The two sides of a change; a side that does not exist is missing. */
export interface ChangeSides {
  /** As the base has it. */
  before: BaseFileName | undefined;
  /** Relative to the workspace, with `/`. */
  after: string | undefined;
}

export function changeSides(issueId: IssueId, base: WorkspaceChanges['base'], file: ChangedFile): ChangeSides {
  const before = { issueId, commit: base.commit, path: file.from ?? file.path };
  switch (file.status) {
    case 'added':
    case 'untracked':
      return { before: undefined, after: file.path };
    case 'deleted':
      return { before, after: undefined };
    default:
      return { before, after: file.path };
  }
}
