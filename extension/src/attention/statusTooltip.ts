import * as vscode from 'vscode';
import type { Muting } from '../../../runner/protocol/attention.ts';
import { dayTime } from '../../../runner/protocol/dayTime.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { plainLine } from '../commands/plainText.ts';
import { type NeedStep, needStep } from '../fleet/needStep.ts';
import { needOf } from '../views/agentWords.ts';
import { inertText } from '../views/inertText.ts';
import { runnerTrouble, type StatusFacts } from './statusText.ts';

/** More are counted. */
const mostNeeds = 5;

const steps: Readonly<Record<NeedStep, readonly [title: string, command: string]>> = {
  answer: ['Answer', 'agent.answer'],
  attach: ['Attach', 'agent.attach'],
  login: ['Log In', 'setup.login'],
  why: ['Why', 'agent.why'],
};

const runnerLinks =
  '\n\n[Restart Runner](command:panopticon.runner.restart) · [Show Runner Log](command:panopticon.runner.log)';

/**
 * Who needs somebody, with what helps, and what the others do; or why no runner answers. Words of agents are text in it,
 * never markup.
 */
export function statusTooltip(facts: StatusFacts, muting: Muting, remote: string | undefined): vscode.MarkdownString {
  const page = new vscode.MarkdownString('', true);
  page.isTrusted = {
    enabledCommands: [
      ...Object.values(steps).map(([, command]) => `panopticon.${command}`),
      'panopticon.attention.mute',
      'panopticon.attention.unmute',
      'panopticon.runner.log',
      'panopticon.runner.restart',
    ],
  };
  page.appendMarkdown('**Panopticon**');
  if (remote !== undefined) page.appendMarkdown(` on ${inertText(remote)}`);
  const trouble = runnerTrouble(facts);
  if (trouble !== undefined) {
    page.appendMarkdown(`\n\n${inertText(plainLine(trouble))}`);
    // A newer runner is not this extension's to restart.
    if (facts.runner !== 'outdated') page.appendMarkdown(runnerLinks);
    return page;
  }
  const now = facts.now.getTime();
  for (const agent of facts.needsYou.slice(0, mostNeeds)) need(page, agent, now);
  const more = facts.needsYou.length - mostNeeds;
  if (more > 0) page.appendMarkdown(`\n\nand ${more} more`);
  page.appendMarkdown(`\n\n${summary(facts)}`);
  if (muting.until === null) page.appendMarkdown('\n\n[Pause Notifications](command:panopticon.attention.mute)');
  else {
    const until = muting.until === 'always' ? '' : ` until ${dayTime(muting.until, facts.now)}`;
    page.appendMarkdown(`\n\nNotifications are paused${until}. [Resume](command:panopticon.attention.unmute)`);
  }
  return page;
}

function need(page: vscode.MarkdownString, agent: Agent, now: number): void {
  const { id, issueId, ask } = agent;
  const about = encodeURIComponent(
    JSON.stringify({ agentId: id, ...(ask === null ? {} : { requestId: ask.requestId }) }),
  );
  const [title, command] = steps[needStep(agent)];
  page.appendMarkdown(`\n\n**${issueId}** `);
  page.appendMarkdown(`${inertText(needOf(agent, now))} `);
  page.appendMarkdown(`[${title}](command:panopticon.${command}?${about})`);
}

function summary({ agents, needsYou }: StatusFacts): string {
  const count = (...statuses: Agent['status'][]): number =>
    agents.filter((agent) => statuses.includes(agent.status) && !needsYou.includes(agent)).length;
  const parts = [
    [count('working', 'starting'), 'working'],
    [count('parked'), 'parked'],
    [count('idle'), 'idle'],
    [count('done'), 'finished'],
  ] as const;
  const shown = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return shown.length === 0 ? 'No agent works.' : shown.join(' · ');
}
