import { type IssueId, parseIssueId } from '../../../runner/protocol/issueId.ts';

/** A file of a commit in the repository of an issue's workspace. */
export interface BaseFileName {
  issueId: IssueId;
  /** The commit's whole object id. */
  commit: string;
  /** Relative to the workspace, with `/`. */
  path: string;
}

export function baseQuery({ issueId, commit, path }: BaseFileName): string {
  return `${issueId} ${commit} ${encodeURIComponent(path)}`;
}

/** Undefined for addresses that `baseQuery` did not make. */
export function baseFileOf(query: string): BaseFileName | undefined {
  const [id = '', commit = '', encoded = '', ...rest] = query.split(' ');
  const issueId = parseIssueId(id);
  const path = decoded(encoded);
  if (issueId === undefined || !/^[0-9a-f]{40,64}$/.test(commit) || path === '' || rest.length > 0) return undefined;
  return { issueId, commit, path };
}

/** Empty for what `encodeURIComponent` did not make. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
