import type * as vscode from 'vscode';
import { dayTime } from '../../../runner/protocol/dayTime.ts';
import type { Agent, Explanation } from '../../../runner/protocol/models.ts';
import { statusWords } from '../../../runner/protocol/statusWords.ts';
import { plainLine, shortened } from '../commands/plainText.ts';
import { needStep } from '../fleet/needStep.ts';
import { needsSince } from '../fleet/needsYou.ts';
import { agentIcon } from './agentIcon.ts';
import { spokenAge } from './ages.ts';
import { dotted } from './row.ts';
import { appendLinks, appendPlain, newTooltip, type TooltipLink } from './tooltip.ts';
import type { ViewDeps } from './viewDeps.ts';

/** Lines of evidence; all of it is one click away. */
const evidenceLines = 2;
const maxLine = 80;

/** What a row has no room for, the newest evidence included; asks the runner when somebody hovers. */
export async function agentTooltip(
  agent: Agent,
  cancel: vscode.CancellationToken,
  { runner }: Pick<ViewDeps, 'runner'>,
): Promise<vscode.MarkdownString | undefined> {
  const connected = runner.connected();
  const params = { id: agent.issueId };
  const [why, cost] = await Promise.allSettled([connected?.agents.why(params), connected?.costs.report(params)]);
  if (cancel.isCancellationRequested) return undefined;
  const line = cost.status === 'fulfilled' ? cost.value?.total : undefined;
  return compose(agent, why.status === 'fulfilled' ? why.value : undefined, line, Date.now());
}

function compose(
  agent: Agent,
  why: Explanation | undefined,
  cost: { totalTokens: number; dollars: number | null } | undefined,
  now: number,
): vscode.MarkdownString {
  const tooltip = newTooltip();
  const since = needsSince(agent);
  // No event tells that a folder has gone: the runner has just looked.
  const trouble = why === undefined ? agent.trouble : why.agent.trouble;
  tooltip.appendMarkdown(`**${agent.issueId}** `);
  appendPlain(tooltip, plainLine(agent.title));
  tooltip.appendMarkdown(`\n\n$(${agentIcon(agent).id}) **${statusWords(agent)}** · `);
  appendPlain(tooltip, `${spokenAge(since, now)}, since ${dayTime(since, new Date(now))}`);
  if (agent.ask === null) {
    tooltip.appendMarkdown('\n\n');
    appendPlain(tooltip, plainLine(agent.reason));
  } else {
    tooltip.appendCodeblock(plainLine(agent.ask.oneLine), 'text');
  }
  if (trouble !== null) {
    tooltip.appendMarkdown('\n\n$(warning) ');
    appendPlain(tooltip, plainLine(trouble.message));
  }
  const evidence = (why?.evidence ?? []).filter(({ source }) => source !== 'verdict').slice(0, evidenceLines);
  if (evidence.length > 0) {
    const lines = evidence.map(({ at, source, text }) =>
      shortened(`${dayTime(at, new Date(now))} ${source}: ${plainLine(text)}`, maxLine),
    );
    for (const line of lines) {
      tooltip.appendMarkdown('\n\n');
      appendPlain(tooltip, line);
    }
  }
  tooltip.appendMarkdown('\n\n---\n\n');
  appendPlain(tooltip, dotted(...facts(agent, cost)));
  appendLinks(tooltip, linksOf({ ...agent, trouble }));
  return tooltip;
}

function facts(
  agent: Agent,
  cost: { totalTokens: number; dollars: number | null } | undefined,
): (string | undefined | false)[] {
  return [
    plainLine(agent.runtime),
    agent.model !== null && plainLine(agent.model),
    // Nothing is known of one whose state cannot be read.
    agent.status !== 'unreadable' && agent.mode,
    plainLine(agent.branch),
    cost !== undefined && cost.totalTokens > 0 && tokens(cost),
    agent.hookItems > 0 && `${agent.hookItems} on its hook`,
  ];
}

/** `212k tokens ($1.84)` */
function tokens({ totalTokens, dollars }: { totalTokens: number; dollars: number | null }): string {
  const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
  const count = compact.format(totalTokens).toLowerCase();
  return `${count} tokens${dollars === null ? '' : ` ($${dollars.toFixed(2)})`}`;
}

function linksOf(agent: Agent): TooltipLink[] {
  const { id, ask, pid, trouble, workspace } = agent;
  const reference = { agentId: id };
  return [
    ...(ask === null
      ? []
      : [{ label: 'Answer', command: 'agent.answer' as const, reference: { ...reference, requestId: ask.requestId } }]),
    ...(needStep(agent) === 'login' ? [{ label: 'Log In', command: 'setup.login' as const, reference }] : []),
    ...(trouble?.kind === 'workspaceMissing'
      ? [{ label: 'Repair', command: 'workspace.repair' as const, reference }]
      : []),
    { label: 'Open', command: 'agent.open', reference },
    ...(workspace === '' ? [] : [{ label: 'Changes', command: 'agent.diff' as const, reference }]),
    { label: 'Why', command: 'agent.why', reference },
    ...(pid === null ? [] : [{ label: 'Attach', command: 'agent.attach' as const, reference }]),
  ];
}
