import * as vscode from 'vscode';
import type { Reference } from '../views/elements.ts';
import type { RowButton } from './pick.ts';

/** What the buttons at the end of a picker's lines do. */
export type Act = keyof typeof acts;

const acts = {
  answer: { icon: 'reply', tooltip: 'Answer Request', command: 'panopticon.agent.answer' },
  attach: { icon: 'terminal', tooltip: 'Attach Terminal', command: 'panopticon.agent.attach' },
  changes: { icon: 'diff-multiple', tooltip: 'Show Changes', command: 'panopticon.agent.diff' },
  open: { icon: 'eye', tooltip: 'Open Agent', command: 'panopticon.agent.open' },
  openIssue: { icon: 'issues', tooltip: 'Open Issue', command: 'panopticon.issue.open' },
  start: { icon: 'play', tooltip: 'Start Agent', command: 'panopticon.agent.start' },
  tell: { icon: 'comment', tooltip: 'Tell Agent', command: 'panopticon.agent.tell' },
  why: { icon: 'info', tooltip: 'Show Why', command: 'panopticon.agent.why' },
} as const;

export function actButton(act: Act, reference: Reference): RowButton {
  const { icon, tooltip, command } = acts[act];
  return { icon, tooltip, run: () => vscode.commands.executeCommand(command, reference) };
}
