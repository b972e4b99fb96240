import type * as vscode from 'vscode';
import { dayTime } from '../../../runner/protocol/dayTime.ts';
import type { Agent, Explanation } from '../../../runner/protocol/models.ts';
import { statusWords } from '../../../runner/protocol/statusWords.ts';
import { plainLine, shortened } from '../commands/plainText.ts';
import { needStep } from '../fleet/needStep.ts';
import { needsSince } from '../fleet/needsYou.ts';
import { type AskedFacts, agentFacts } from './agentFacts.ts';
import { agentIcon } from './agentIcon.ts';
import { spokenAge } from './ages.ts';
import { appendLinks, appendPlain, newTooltip, type TooltipLink } from './tooltip.ts';
import type { ViewDeps } from './viewDeps.ts';

/** Lines of evidence; all of it is one click away. */
const evidenceLines = 2;
const maxLine = 80;
/** A tooltip waits no longer for git, which may take seconds in a large workspace. Milliseconds. */
const changesMs = 300;

/** What a row has no room for, the newest evidence included; asks the runner when somebody hovers. */
export async function agentTooltip(
  agent: Agent,
  cancel: vscode.CancellationToken,
  { clock, runner, settings }: Pick<ViewDeps, 'clock' | 'runner' | 'settings'>,
): Promise<vscode.MarkdownString | undefined> {
  const connected = runner.connected();
  const params = { id: agent.issueId };
  const changes =
    agent.workspace === '' ? undefined : connected?.workspaces.changes({ ...params, against: settings.diffBase() });
  const [why, cost, mail, changed] = await Promise.all([
    unlessFailed(connected?.agents.why(params)),
    unlessFailed(connected?.costs.report(params)),
    unlessFailed(connected?.agents.mail(params)),
    Promise.race([unlessFailed(changes), pause(clock)]),
  ]);
  if (cancel.isCancellationRequested) return undefined;
  return compose(agent, why, { cost: cost?.total, mail, changes: changed }, Date.now());
}

/** What is missing in a tooltip is one click away. */
async function unlessFailed<T>(answer: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await answer;
  } catch {
    return undefined;
  }
}

function pause(clock: ViewDeps['clock']): Promise<undefined> {
  return new Promise((resolve) => clock.after(changesMs, () => resolve(undefined)));
}

function compose(agent: Agent, why: Explanation | undefined, asked: AskedFacts, now: number): vscode.MarkdownString {
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
  appendPlain(tooltip, agentFacts(agent, asked));
  appendLinks(tooltip, linksOf({ ...agent, trouble }));
  return tooltip;
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
