import { Document, isScalar, isSeq } from 'yaml';
import type { IssueId } from '../../../protocol/issueId.ts';
import { oneLine } from '../../text/sanitize.ts';
import type { IssueChange, NewIssue } from '../tracker.ts';
import { IssueFault } from './issueFault.ts';
import { parseFrontMatter } from './readHead.ts';
import { bodyBytes, type IssueParts, joinIssue } from './splitIssue.ts';

const format = { lineWidth: 0, flowCollectionPadding: false };

/** The file of a new issue. `now` is ISO 8601 UTC. */
export function newIssueText(id: IssueId, fields: NewIssue, now: string): Buffer {
  const { title, state, priority, labels, body } = fields;
  const document = new Document({ id, title, state, priority, labels, created: now, updated: now });
  makeFlow(document);
  const rest = Buffer.from(`\n${body}`);
  return joinIssue({ yaml: document.toString(format), lineEnd: '\n', marked: false, rest });
}

/**
 * The file with only what differs changed, and its `updated` time; undefined when nothing differs. Comments, unknown
 * fields, their order, and the bytes of a body that is not replaced stay as they are.
 *
 * @throws IssueFault when the front matter is not valid.
 */
export function editIssueText(parts: IssueParts, change: IssueChange, now: string): Buffer | undefined {
  const { body, ...fields } = change;
  const replacesBody = body !== undefined && !bodyBytes(parts).equals(Buffer.from(body));
  if (!replacesBody && Object.keys(fields).length === 0) return undefined;
  const document: Document = parseFrontMatter(parts.yaml ?? '');
  for (const [name, value] of Object.entries({ ...fields, updated: now })) setField(document, name, value);
  if ('labels' in fields) makeFlow(document);
  return joinIssue({ ...parts, yaml: textOf(document), rest: restOf(parts, replacesBody ? body : undefined) });
}

function textOf(document: Document): string {
  try {
    return document.toString(format);
  } catch (error) {
    // An alias without its anchor parses and cannot be written.
    throw new IssueFault(`the front matter cannot be edited: ${oneLine(String(error), 160)}`, 1);
  }
}

/** The bytes after the front matter: an empty line and the body, or what was there. */
function restOf(parts: IssueParts, body: string | undefined): Buffer {
  if (body !== undefined) return Buffer.from(`${parts.lineEnd}${body}`);
  return parts.yaml === null ? Buffer.concat([Buffer.from(parts.lineEnd), parts.rest]) : parts.rest;
}

/** Sets a value and keeps the comments beside the old one. */
function setField(document: Document, name: string, value: unknown): void {
  const before = document.get(name, true);
  const node = document.createNode(value);
  if (isScalar(before)) {
    node.comment = before.comment ?? null;
    node.commentBefore = before.commentBefore ?? null;
    if (before.anchor !== undefined && isScalar(node)) node.anchor = before.anchor;
  }
  document.set(name, node);
}

/** `labels: [a, b]` on one line. */
function makeFlow(document: Document): void {
  const labels: unknown = document.get('labels', true);
  if (isSeq(labels)) labels.flow = true;
}
