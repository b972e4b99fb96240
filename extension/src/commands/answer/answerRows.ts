import type { AgentRequest, AnswerKind, RequestQuestion } from '../../../../runner/protocol/models.ts';
import { spokenAge } from '../../views/ages.ts';
import type { Heading, Row } from '../pick.ts';
import { plainLabel, plainLine, shortened } from '../plainText.ts';

/** What can be chosen about a request for leave. */
export type LeaveChoice = AnswerKind | 'review' | 'attach' | 'open';

/** Longest first line of a picker; VS Code cuts what is longer. */
const maxLine = 70;
/** As much of a draft as stands beside its line. */
const maxDraft = 40;

/** `MIN-142 (claude) wants to run a command, waiting 4 minutes`. */
export function answerTitle(request: AgentRequest, now: number, replaced: boolean): string {
  const { issueId, runtime, since } = request;
  const asks = `${issueId} (${runtime}) ${wishOf(request)}, waiting ${spokenAge(since, now)}`;
  return replaced ? `That request has gone. The new one: ${asks}` : asks;
}

/**
 * The answers to a request for leave. Leave is offered only to those who can see all of what they allow: in the first
 * line, or in the document that was opened. The first line that is not the command itself is the one to preselect.
 *
 * @param reason what was written for a denial, and not sent
 */
export function leaveRows(request: AgentRequest, seenWhole: boolean, reason: string): (Row<LeaveChoice> | Heading)[] {
  const whole: Row<LeaveChoice> = { value: 'review', icon: 'terminal', label: plainLabel(request.oneLine) };
  const review: Row<LeaveChoice> = {
    value: 'review',
    icon: 'open-preview',
    label: 'Review',
    description: plainLabel(shortened(request.oneLine, maxLine)),
  };
  const open: Row<LeaveChoice> = { value: 'open', icon: 'eye', label: 'Open Agent' };
  if (request.answers.length === 0) {
    const detail = `${request.runtime} takes the answer only in its terminal.`;
    return [{ value: 'attach', icon: 'terminal', label: 'Attach Terminal', detail }, review, open];
  }
  const answers = answerLines(request, reason).filter(({ value }) => seenWhole || value === 'deny' || value === 'text');
  if (request.brief) return [whole, ...answers, open];
  return seenWhole ? [...answers, open] : [review, ...answers, open];
}

/** What Enter takes: the first answer where all is seen, else the look at it. */
export function likeliestAnswer(rows: readonly (Row<LeaveChoice> | Heading)[], seenWhole: boolean): LeaveChoice {
  const values = rows.flatMap((row) => ('heading' in row ? [] : [row.value]));
  return (seenWhole ? values.find((value) => value !== 'review') : values[0]) ?? 'open';
}

function answerLines({ kind, answers }: AgentRequest, reason: string): Row<LeaveChoice>[] {
  const isPlan = kind === 'plan';
  const lines: Row<LeaveChoice>[] = [
    { value: 'allow', icon: 'check', label: isPlan ? 'Approve Plan' : 'Allow Once' },
    { value: 'session', icon: 'check-all', label: isPlan ? 'Approve for This Session' : 'Allow for This Session' },
    { value: 'deny', icon: 'close', label: isPlan ? 'Reject Plan' : 'Deny' },
    {
      value: 'text',
      icon: 'comment',
      label: isPlan ? 'Reject With Message...' : 'Deny With Message...',
      ...begun(reason),
    },
  ];
  return lines.filter(({ value }) => answers.some((answer) => answer === (value === 'text' ? 'deny' : value)));
}

function wishOf({ kind, tool, questions, brief }: AgentRequest): string {
  if (kind === 'plan') return 'has a plan to review';
  if (kind === 'question') return questions.length > 1 ? `asks ${questions.length} questions` : 'asks';
  if (tool !== null && edit.test(tool)) return 'wants to edit a file';
  return brief || isShell(tool) ? 'wants to run a command' : `wants to use ${plainLine(tool ?? 'a tool')}`;
}

/** Tools that change a file. */
const edit = /^(?:Edit|MultiEdit|Write|NotebookEdit|apply_patch|replace|write_file|edit_file)$/;

/** By the words that the tools have for it: `Bash`, `run_shell_command`, `exec_command`. */
function isShell(tool: string | null): boolean {
  return tool !== null && /^bash$|shell|exec_command/i.test(tool);
}

/** What can be chosen about a question. */
export type QuestionChoice = { say: string } | 'other' | 'review' | 'open';

/**
 * The answers to one question: its options, leaving it to the agent, words of one's own.
 *
 * @param words what was written of those, and not sent
 */
export function questionRows({ options, multiple }: RequestQuestion, words: string): Row<QuestionChoice>[] {
  const own: Row<QuestionChoice> = { value: 'other', icon: 'edit', label: 'Other Answer...', ...begun(words) };
  const offered = options.map(({ label, description }): Row<QuestionChoice> => {
    const row = { value: { say: label }, label: plainLabel(label) };
    return description === '' ? row : { ...row, detail: plainLabel(description) };
  });
  if (multiple) return [...offered, own];
  const decide: Row<QuestionChoice> = { value: { say: 'You decide' }, icon: 'sparkle', label: 'You Decide' };
  return [...offered, decide, own, { value: 'open', icon: 'eye', label: 'Open Agent' }];
}

/** Shows what was written before, which is there again when the line is chosen. */
function begun(text: string): { description?: string } {
  return text.trim() === '' ? {} : { description: plainLabel(shortened(text, maxDraft)) };
}

/** Whether typed text answers the question, rather than looks for one of its options. */
export function isOwnWords({ options }: RequestQuestion, text: string): boolean {
  const typed = text.trim().toLowerCase();
  return typed !== '' && !options.some(({ label }) => label.toLowerCase().includes(typed));
}

/** What several choices say together: the labels with commas, as the runner takes them. */
export function saidTogether(choices: readonly QuestionChoice[], own: string | undefined): string {
  const labels = choices.flatMap((choice) => (typeof choice === 'object' ? [choice.say] : []));
  return [...labels, ...(own === undefined ? [] : [own])].join(', ');
}
