import { type IssueId, parseIssueId, prefixOf } from '../../protocol/issueId.ts';
import type { Project, Time } from '../../protocol/models.ts';

export const rescueRoot = 'refs/panopticon/rescue';

/** `refs/panopticon/rescue/min-1/20261122T101500Z`; several within one second get `-2` and so on at the end. */
export function rescueRef(issueId: IssueId, now: Date): string {
  const time = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  return `${rescueRoot}/${issueId.toLowerCase()}/${time}`;
}

export interface RescueName {
  issueId: IssueId;
  at: Time;
  /** Of those within one second. */
  count: number;
}

/** What a ref's name tells; undefined when it is no rescue of an issue of the project. */
export function parseRescueRef(project: Project, ref: string): RescueName | undefined {
  const match = /^refs\/panopticon\/rescue\/([^/]+)\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-(\d+))?$/.exec(ref);
  if (match === null) return undefined;
  const [, name = '', year, month, day, hour, minute, second, count = '1'] = match;
  const issueId = parseIssueId(name);
  if (issueId === undefined || issueId.toLowerCase() !== name || prefixOf(issueId) !== project.prefix) return undefined;
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  return Number.isNaN(Date.parse(at)) ? undefined : { issueId, at, count: Number(count) };
}

/** Newest first. */
export function compareRescues(a: RescueName, b: RescueName): number {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  return b.count - a.count;
}
