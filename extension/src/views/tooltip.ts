import * as vscode from 'vscode';
import type { Reference } from './elements.ts';
import { inertText } from './inertText.ts';

/** What a tooltip's links may do: show something, ask a person, type a command, make a workspace again that is gone. */
const linked = [
  'agent.answer',
  'agent.why',
  'agent.open',
  'agent.diff',
  'agent.attach',
  'issue.open',
  'setup.login',
  'workspace.repair',
] as const;

export interface TooltipLink {
  label: string;
  command: (typeof linked)[number];
  reference: Reference;
}

/** A tooltip to which texts of strangers are added as text only. */
export function newTooltip(): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString('', true);
  tooltip.isTrusted = { enabledCommands: linked.map((command) => `panopticon.${command}`) };
  return tooltip;
}

/** Adds a line of links, each to a command that may be linked. */
export function appendLinks(tooltip: vscode.MarkdownString, links: readonly TooltipLink[]): void {
  const texts = links.map(({ label, command, reference }) => {
    const given = encodeURIComponent(JSON.stringify([reference]));
    return `[${label}](command:panopticon.${command}?${given})`;
  });
  tooltip.appendMarkdown(`\n\n${texts.join(' · ')}`);
}

/** Adds text as text: no markup, and also no icon and no link, which Markdown makes of bare addresses. */
export function appendPlain(tooltip: vscode.MarkdownString, text: string): void {
  tooltip.appendMarkdown(inertText(text));
}
