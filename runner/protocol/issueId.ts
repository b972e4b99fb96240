/**
 * An issue id is `PREFIX-number`, written in upper case. Anything else is refused, because ids become
 * branch names, folder names and tmux session names.
 */
export type IssueId = string;

/** An agent id is `agent-` and the issue id in lower case. */
export type AgentId = string;

const idPattern = /^[A-Za-z][A-Za-z0-9]*-\d+$/;
/** Longest id taken: file names end at 255 bytes and branch names carry a prefix. */
const maxIdLength = 64;

/** `MIN-123`, `min-123` and `agent-min-123` all name issue `MIN-123`; anything else gives undefined. */
export function parseIssueId(text: string): IssueId | undefined {
  const bare = text.trim().replace(/^agent-(?=.*-\d)/i, '');
  if (bare.length > maxIdLength || !idPattern.test(bare)) return undefined;
  return bare.toUpperCase();
}

export function agentIdOf(issueId: IssueId): AgentId {
  return `agent-${issueId.toLowerCase()}`;
}

/** Whether the text is an agent's id exactly as `agentIdOf` writes it: nothing else becomes part of a path. */
export function isAgentId(text: string): text is AgentId {
  const issueId = parseIssueId(text);
  return issueId !== undefined && agentIdOf(issueId) === text;
}

/** The prefix of an id: `MIN` of `MIN-123`. */
export function prefixOf(issueId: IssueId): string {
  return issueId.slice(0, issueId.lastIndexOf('-'));
}

/** Orders ids as people do: by prefix, then by number. A locale's comparison would first load its tables, for 6 ms. */
export function compareIssueIds(a: IssueId, b: IssueId): number {
  const [prefixA, prefixB] = [prefixOf(a), prefixOf(b)];
  if (prefixA !== prefixB) return prefixA < prefixB ? -1 : 1;
  return Number(a.slice(prefixA.length + 1)) - Number(b.slice(prefixB.length + 1));
}
