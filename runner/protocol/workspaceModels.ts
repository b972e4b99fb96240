import type { IssueId } from './issueId.ts';
import type { Time, Workspace } from './models.ts';

/** `untracked` is new and unknown to git; `conflicted` is in the middle of a merge. */
export const fileStatuses = ['added', 'modified', 'deleted', 'renamed', 'untracked', 'conflicted'] as const;
export type FileStatus = (typeof fileStatuses)[number];

export interface ChangedFile {
  /** Relative to the workspace, with `/`. */
  path: string;
  /** Of a renamed one: its path in the base. */
  from: string | null;
  status: FileStatus;
  /** Lines; null where git cannot count them (binary, too large). */
  added: number | null;
  removed: number | null;
}

/** What a workspace holds beyond the commit that it is compared with: commits and uncommitted work together. */
export interface WorkspaceChanges {
  issueId: IssueId;
  /** Absolute path of the workspace. */
  path: string;
  branch: string;
  /** What it is compared with: `main`, and the commit (where the branch left it, or its tip). */
  base: { name: string; commit: string };
  /** By path. At most 1,000; `total` says how many there are. */
  files: ChangedFile[];
  total: number;
  added: number;
  removed: number;
}

/** A file as it was in the base. */
export interface BaseFile {
  /** Its bytes in base64; null when the base has no such file. */
  base64: string | null;
}

/** Work that was kept when its workspace was destroyed. */
export interface Rescue {
  /** Names it: `refs/panopticon/rescue/min-1/20261122T101500Z`. */
  ref: string;
  issueId: IssueId;
  project: string;
  at: Time;
  /** Files that differ from the commit below it. */
  files: number;
}

export interface RestoreResult {
  rescue: Rescue;
  /** Made again where it was gone; the kept files stand in it, not committed. */
  workspace: Workspace;
}
