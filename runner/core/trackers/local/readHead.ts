import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { type IssueState, issueStates, type Priority, priorities } from '../../../protocol/enumerations.ts';
import { type IssueId, parseIssueId } from '../../../protocol/issueId.ts';
import { oneLine } from '../../text/sanitize.ts';
import { IssueFault } from './issueFault.ts';
import { isTooDeep } from './isTooDeep.ts';
import { bodyBytes, type IssueParts } from './splitIssue.ts';

/** What the front matter says, with defaults for what a hand-written file leaves out. */
export interface IssueHead {
  title: string;
  state: IssueState;
  priority: Priority;
  labels: string[];
  /** ISO 8601 UTC, or null when the file names no time that can be read. */
  createdAt: string | null;
  updatedAt: string | null;
}

/** Longest title that is shown of a hand-written file, in characters. */
const maxTitle = 500;
/** A heading is looked for in the first bytes of the body; with the front matter before it (16 kB) this is enough. */
const headingWithin = 32 * 1024;
export const headWithinBytes = 64 * 1024;

/** @throws IssueFault naming the line and what is wrong with it. */
export function readHead(id: IssueId, parts: IssueParts): IssueHead {
  const document = parseFrontMatter(parts.yaml ?? '');
  const fields = new FrontMatter(document, parts.yaml ?? '');
  const named = fields.text('id');
  if (named !== undefined && parseIssueId(named) !== id) {
    throw fields.fault('id', `the id '${oneLine(named, 40)}' is not that of the file name, ${id}`);
  }
  const title = oneLine(fields.text('title') ?? '', maxTitle) || headingOf(parts);
  if (title === '') throw new IssueFault('it has no title: neither a title field nor a # heading', 1);
  return {
    title,
    state: fields.oneOf('state', issueStates) ?? 'todo',
    priority: fields.oneOf('priority', priorities) ?? 'normal',
    labels: fields.list('labels'),
    createdAt: timeOf(fields.text('created')),
    updatedAt: timeOf(fields.text('updated')),
  };
}

/** The YAML document; aliases in it are never expanded. @throws IssueFault when it is not a valid map. */
export function parseFrontMatter(yaml: string): Document.Parsed {
  if (isTooDeep(yaml)) throw new IssueFault('it is nested too deeply', 1);
  // Pretty errors take 3 s for 64 kB of commas: their lines are counted for every error.
  const document = parseDocument(yaml, { version: '1.2', schema: 'core', merge: false, prettyErrors: false });
  const problem = document.errors[0];
  if (problem !== undefined) throw new IssueFault(oneLine(problem.message, 160), lineAt(yaml, problem.pos[0]));
  if (document.contents !== null && !isMap(document.contents)) {
    throw new IssueFault('the front matter is not a list of "name: value" lines', 2);
  }
  return document;
}

/** The line in the file, whose first one is the opening delimiter. */
function lineAt(yaml: string, offset: number): number {
  return yaml.slice(0, offset).split('\n').length + 1;
}

class FrontMatter {
  private readonly document: Document.Parsed;
  private readonly yaml: string;

  constructor(document: Document.Parsed, yaml: string) {
    this.document = document;
    this.yaml = yaml;
  }

  text(key: string): string | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    const text = scalarText(node);
    if (text === undefined) throw this.fault(key, `${key} is not a single value`);
    return text === '' ? undefined : text;
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const found = allowed.find((candidate) => candidate === text.trim());
    if (found !== undefined) return found;
    throw this.fault(key, `the ${key} '${oneLine(text, 40)}' is not one of ${allowed.join(', ')}`);
  }

  list(key: string): string[] {
    const node = this.node(key);
    if (node === undefined) return [];
    const single = scalarText(node);
    const texts = single?.split(',') ?? (isSeq(node) ? node.items.map(scalarText) : [undefined]);
    const lines = texts.map((text) => {
      if (text === undefined) throw this.fault(key, `${key} is not a list of words`);
      return oneLine(text, 100);
    });
    return lines.filter((line) => line !== '');
  }

  fault(key: string, reason: string): IssueFault {
    return new IssueFault(reason, lineAt(this.yaml, rangeStart(this.node(key)) ?? 0));
  }

  private node(key: string): unknown {
    return isMap(this.document.contents) ? this.document.contents.get(key, true) : undefined;
  }
}

/** A scalar as it is written (`title: 0x10` is "0x10"); undefined for lists, maps and aliases. */
function scalarText(node: unknown): string | undefined {
  if (isAlias(node) || !isScalar(node)) return undefined;
  if (typeof node.value === 'string') return node.value;
  if (node.value === null) return '';
  return node.source ?? String(node.value);
}

function rangeStart(node: unknown): number | undefined {
  return isScalar(node) || isSeq(node) || isMap(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function headingOf(parts: IssueParts): string {
  const start = bodyBytes(parts).subarray(0, headingWithin).toString('utf8');
  const heading = /^#[ \t]+(.+)$/m.exec(start)?.[1] ?? '';
  return oneLine(heading, maxTitle).replace(/ #+$/, '');
}

function timeOf(text: string | undefined): string | null {
  const milliseconds = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
