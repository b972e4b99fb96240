import { compareIssueIds } from '../../protocol/issueId.ts';
import type { Agent } from '../../protocol/models.ts';
import { needsPerson } from '../../protocol/parking.ts';
import { troubleWords } from '../../protocol/trouble.ts';
import { shortAge } from './duration.ts';
import type { Look } from './look.ts';
import { plainLine } from './plainText.ts';
import { markOf, symbolOf } from './statusMark.ts';
import { table } from './table.ts';

/** From here on there is room for the model and the hook. */
const roomyWidth = 100;

/** `pan work status`: who needs somebody first, then the oldest first. */
export function agentTable(agents: readonly Agent[], look: Look): string {
  const rows = sortAgents(agents);
  const roomy = look.width >= roomyWidth;
  const style = (row: number) => markOf(rows[row]?.status ?? 'unknown').style;
  return table(
    [
      { title: '', cells: rows.map(({ status }) => symbolOf(status, look)), style },
      { title: 'ID', cells: rows.map(({ issueId }) => issueId) },
      {
        title: 'TITLE',
        cells: rows.map(({ title }) => title),
        shrink: [
          { turn: 1, columns: 22 },
          { turn: 3, columns: 8 },
        ],
      },
      { title: 'STATE', cells: rows.map(({ status }) => status), style },
      { title: 'FOR', cells: rows.map(({ since }) => shortAge(since, look.now)), align: 'right', gap: 2 },
      { title: 'TOOL', cells: rows.map((agent) => withBypass(agent, roomy ? toolOf(agent) : agent.runtime)) },
      ...(roomy ? [{ title: 'HOOK', cells: rows.map(hookItemsOf), align: 'right' as const }] : []),
      { title: 'WHY', cells: rows.map(whyOf), shrink: [{ turn: 2, columns: 10 }] },
    ],
    look,
  );
}

export function sortAgents(agents: readonly Agent[]): Agent[] {
  return [...agents].sort(
    (a, b) => rankOf(a) - rankOf(b) || compareTimes(a.since, b.since) || compareIssueIds(a.issueId, b.issueId),
  );
}

/** Who waits for a person comes before who works. */
function rankOf(agent: Agent): number {
  return markOf(needsPerson(agent) ? 'unreadable' : agent.status).rank;
}

/** Times of the runner are all written alike, so that text orders them. */
function compareTimes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function toolOf(agent: Pick<Agent, 'runtime' | 'model'>): string {
  return agent.model === null ? agent.runtime : `${agent.runtime} ${agent.model}`;
}

/** In a column that never gives way: whoever looks at an agent that may do everything has to see it. */
function withBypass({ mode }: Agent, tool: string): string {
  return mode === 'bypass' ? `${tool} bypass` : tool;
}

/** What hinders an agent comes first: whatever else it does is in vain. An older runner does not tell it. */
function whyOf({ trouble, reason }: Agent): string {
  return trouble?.kind === undefined ? reason : `${troubleWords[trouble.kind]}; ${reason}`;
}

/** What people have to mend, and how, a line each. */
export function troubleLines(agents: readonly Agent[]): string[] {
  return sortAgents(agents).flatMap(({ trouble }) =>
    trouble?.kind === undefined ? [] : [plainLine(`${trouble.message} Mend it: ${trouble.next}`)],
  );
}

function hookItemsOf(agent: Agent): string {
  return String(agent.hookItems);
}
