import { dayTime } from '../../protocol/dayTime.ts';
import type { Agent, DaemonStatus, Overview } from '../../protocol/models.ts';
import { needsPerson } from '../../protocol/parking.ts';
import { sortAgents } from './agentTable.ts';
import { dollarText, shortTokens } from './amounts.ts';
import { cutText, padText } from './cutText.ts';
import { longAge, shortAge } from './duration.ts';
import type { Look } from './look.ts';
import { paint } from './paint.ts';
import { plainLine } from './plainText.ts';
import { markOf, needsSomebody, symbolOf } from './statusMark.ts';

/** What `pan status` shows. */
export interface StatusFacts extends Overview {
  daemon: DaemonStatus;
}

/** Left part of a line that names an agent: `◆ 2 need you`. */
const leadColumns = 15;
const ageColumns = 4;
const titleGap = 2;
/** Less of a title would say nothing. */
const leastTitle = 8;
/** More would not be a glance. */
const mostAgents = 8;

/** `pan status`: who needs somebody, what runs, what to do next. */
export function statusPage(overview: StatusFacts, look: Look): string {
  const agents = sortAgents(overview.agents);
  const waiting = agents.filter((agent) => needsSomebody(agent.status) || needsPerson(agent));
  const others = agents.filter((agent) => !waiting.includes(agent));
  return [
    heading(overview, look),
    '',
    ...needsYou(waiting, look),
    ...(agents.length === 0 ? ['  no agents'] : counts(others, look)),
    `  workspaces   ${workspaces(overview)}`,
    ...usage(overview),
    '',
    next(overview, waiting),
  ].join('\n');
}

function heading({ daemon }: StatusFacts, look: Look): string {
  const up = daemon.startedAt === null ? 'not running' : `up ${longAge(daemon.startedAt, look.now)}`;
  return `Panopticon ${plainLine(daemon.version ?? '')}, runner ${up}${daemon.pinned ? ', pinned' : ''}`;
}

function needsYou(waiting: readonly Agent[], look: Look): string[] {
  const agents = waiting.slice(0, mostAgents);
  const idColumns = Math.max(0, ...agents.map(({ issueId }) => issueId.length)) + 2;
  const room = look.width - leadColumns - idColumns - ageColumns;
  const longestWhy = longest(agents.map(reasonOf), look);
  const titleColumns = roomForTitles(agents, room - longestWhy, look);
  const whyColumns = Number.isFinite(room) ? Math.max(room - titleColumns, 10) : longestWhy;
  const lines = agents.map((agent, row) => {
    const lead = row === 0 ? `${waiting.length} need${waiting.length === 1 ? 's' : ''} you` : '';
    const { style } = markOf(agent.status);
    const mark = paint(symbolOf(agent.status, look), style, look);
    const id = paint(agent.issueId, 'bold', look) + ' '.repeat(idColumns - agent.issueId.length);
    const title = titleColumns === 0 ? '' : `${titleIn(agent, titleColumns - titleGap, look)}${' '.repeat(titleGap)}`;
    const why = padText(cutText(reasonOf(agent), whyColumns, look), whyColumns, 'left', look);
    return `${mark} ${lead.padEnd(leadColumns - 2)}${id}${title}${why}${shortAge(agent.since, look.now).padStart(ageColumns)}`;
  });
  const more = waiting.length - agents.length;
  return more === 0 ? lines : [...lines, `${' '.repeat(leadColumns)}and ${more} more: pan work status`];
}

/** Columns of the titles with their gap, 0 where the reasons leave no room: what is asked matters more. */
function roomForTitles(agents: readonly Agent[], room: number, look: Look): number {
  const wanted = longest(
    agents.map(({ title }) => plainLine(title)),
    look,
  );
  if (wanted === 0 || room < Math.min(wanted, leastTitle) + titleGap) return 0;
  return Math.min(wanted + titleGap, room);
}

function titleIn(agent: Agent, columns: number, look: Look): string {
  return padText(cutText(plainLine(agent.title), columns, look), columns, 'left', look);
}

function longest(texts: readonly string[], look: Look): number {
  return Math.max(0, ...texts.map((text) => look.measure(text)));
}

function reasonOf(agent: Agent): string {
  const reason = plainLine(agent.reason);
  const why = agent.status === 'waiting' ? reason : `${agent.status}: ${reason}`;
  return agent.mode === 'bypass' ? `bypass, ${why}` : why;
}

function counts(agents: readonly Agent[], look: Look): string[] {
  const statuses = [...new Set(agents.map(({ status }) => status))];
  if (statuses.length === 0) return [];
  const parts = statuses.map((status) => {
    const those = agents.filter((agent) => agent.status === status);
    const bypassing = those.filter(({ mode }) => mode === 'bypass').length;
    const bypass = bypassing === 0 ? '' : ` (${bypassing} bypass)`;
    return `${paint(symbolOf(status, look), markOf(status).style, look)} ${those.length} ${status}${soonest(those, look)}${bypass}`;
  });
  return [parts.join('   ')];
}

/** When the first of those that are parked can go on. */
function soonest(agents: readonly Agent[], { now }: Look): string {
  const [first] = agents.flatMap(({ parked }) => parked?.until ?? []).sort();
  if (first === undefined) return '';
  const time = dayTime(first, now);
  return agents.length === 1 ? ` until ${time}` : `, one until ${time}`;
}

function workspaces({ workspaces: { total, needRepair } }: Overview): string {
  if (needRepair.length === 0) return String(total);
  return `${total}, ${needRepair.length} need${needRepair.length === 1 ? 's' : ''} repair: ${needRepair.join(', ')}`;
}

function usage({ usage: used }: Overview): string[] {
  // A runner of an earlier version does not count.
  if (!used || used.tokens === 0) return [];
  return [`  tokens       ${shortTokens(used.tokens)} today (${dollarText(used.dollars)})`];
}

function next(overview: Overview, waiting: readonly Agent[]): string {
  const first = waiting[0];
  if (first?.status === 'waiting' && first.ask === null) return `Attach to the first: pan work attach ${first.issueId}`;
  if (first?.status === 'waiting') return `Answer the first: pan work requests ${first.issueId}`;
  if (first !== undefined) return `Look at the first: pan work why ${first.issueId}`;
  if (overview.projects === 0) return 'Register a repository: pan project add <path>';
  if (overview.agents.length === 0) return 'Start an agent: pan issue list, then pan work issue <id>';
  return 'Each of them: pan work status';
}
