import type { IssueState } from '../../../runner/protocol/enumerations.ts';
import { issueStates } from '../../../runner/protocol/enumerations.ts';
import { type IssueId, parseIssueId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import type { ViewName } from '../app.ts';
import type { Element } from '../views/elements.ts';

/** What a command was given, whoever ran it: rows of a tree, a link, a notification, a key, nothing. */
export interface Meant {
  /** Each once, in the order given. */
  issueIds: IssueId[];
  /** Agents as the rows showed them. */
  shown: Agent[];
  requestId?: string;
  text?: string;
  state?: IssueState;
  /** A key in this view was pressed: its selected rows are meant. */
  view?: ViewName;
}

/**
 * Reads what VS Code passed: of rows the one that was clicked and then all selected ones; of links and notifications a
 * Reference; of keys `{ view }`. Anything else means nothing. The clicked row goes first: it is what commands that act on
 * one mean.
 */
export function meantBy(given: readonly unknown[]): Meant {
  const [first, selected] = given;
  const rows = [first, ...(Array.isArray(selected) ? selected : [])].filter(isElement);
  if (rows.length > 0) return ofElements(rows);
  return typeof first === 'object' && first !== null ? ofReference(new Map(Object.entries(first))) : nothing();
}

export function ofElements(elements: readonly Element[]): Meant {
  const ids = elements.map(issueOf).filter((id) => id !== undefined);
  const shown = new Map(
    elements.flatMap((element) => (element.kind === 'agent' ? [[element.agentId, element.agent]] : [])),
  );
  return { issueIds: [...new Set(ids)], shown: [...shown.values()] };
}

function issueOf(element: Element): IssueId | undefined {
  switch (element.kind) {
    case 'agent':
      return element.agent.issueId;
    case 'issue':
    case 'workspace':
    case 'file':
      return element.issueId;
    case 'group':
    case 'note':
      return undefined;
  }
}

function ofReference(fields: ReadonlyMap<string, unknown>): Meant {
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const several: unknown = fields.get('issueIds');
  const ids: unknown[] = Array.isArray(several) ? several : [text('issueId') ?? text('agentId')];
  const issueIds = new Set(ids.flatMap((id) => (typeof id === 'string' ? (parseIssueId(id) ?? []) : [])));
  const [requestId, message] = [text('requestId'), text('text')];
  const state = issueStates.find((each) => each === fields.get('state'));
  const view = viewNames.find((each) => each === fields.get('view'));
  return {
    ...nothing(),
    issueIds: [...issueIds],
    ...(requestId === undefined ? {} : { requestId }),
    ...(message === undefined ? {} : { text: message }),
    ...(state === undefined ? {} : { state }),
    ...(view === undefined ? {} : { view }),
  };
}

const viewNames: readonly ViewName[] = ['agents', 'issues', 'workspaces'];
const kinds: readonly Element['kind'][] = ['agent', 'group', 'issue', 'workspace', 'file', 'note'];

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.some((kind) => kind === value.kind);
}

function nothing(): Meant {
  return { issueIds: [], shown: [] };
}
