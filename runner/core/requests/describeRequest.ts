import path from 'node:path';
import type { RequestKind } from '../../protocol/enumerations.ts';
import type { AgentRequest, RequestQuestion } from '../../protocol/models.ts';
import type { HookEvent } from '../events/agentEvent.ts';
import { isCut } from '../events/trimEvent.ts';
import { fieldsOf, textOf } from '../text/fields.ts';
import { oneLine, stripControls } from '../text/sanitize.ts';
import { isBrief } from './brief.ts';

/** What a request says by itself, whoever asks and however it can be answered. */
export type RequestContent = Pick<AgentRequest, 'kind' | 'oneLine' | 'brief' | 'text' | 'tool' | 'cwd' | 'questions'>;

/** Longest line, in characters. */
const maxLine = 400;

/** Tools that run a command line; what would be done is all in it. */
const shells = new Set(['Bash', 'shell', 'run_shell_command', 'local_shell', 'exec_command']);

const notWhole = '(Too long to be shown whole. All of it is only in its terminal.)';

/** What an agent asks, from its PermissionRequest event in Claude Code's words. Its text is a stranger's: data. */
export function describeRequest(event: HookEvent): RequestContent {
  const content = contentOf(event);
  return isCut(event) ? { ...content, brief: false, text: `${notWhole}\n${content.text}` } : content;
}

function contentOf(event: HookEvent): RequestContent {
  const input = fieldsOf(event['tool_input']);
  const tool = textOf(event['tool_name']);
  const common = { tool: tool === '' ? null : oneLine(tool, 80), cwd: textOf(event['cwd']) };
  const questions = tool === 'AskUserQuestion' ? questionsOf(input) : [];
  switch (kindOf(tool)) {
    case 'question': {
      const text = questions.map((question) => question.text).join('\n');
      return { ...common, kind: 'question', oneLine: oneLine(text, maxLine), brief: false, text, questions };
    }
    case 'plan': {
      const text = textOf(input['plan']);
      return { ...common, kind: 'plan', oneLine: planLine(text), brief: false, text, questions };
    }
    case 'permission':
      return { ...common, kind: 'permission', ...permission(tool, input, common.cwd, changeLines(event)), questions };
  }
}

function kindOf(tool: string): RequestKind {
  if (tool === 'AskUserQuestion') return 'question';
  return tool === 'ExitPlanMode' ? 'plan' : 'permission';
}

function permission(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  cwd: string,
  change: readonly string[],
): Pick<RequestContent, 'oneLine' | 'brief' | 'text'> {
  const command = input['command'];
  if (typeof command === 'string') {
    const isShell = shells.has(tool);
    const line = isShell ? command : `${tool} ${command}`;
    const rest = detailLines(input);
    const brief = isShell && rest.length === 0 && isBrief(command);
    return { oneLine: oneLine(line, maxLine), brief, text: [line, ...rest].join('\n') };
  }
  const file = input['file_path'] ?? input['notebook_path'] ?? input['path'];
  if (typeof file === 'string') {
    const line = `${tool} ${relativeTo(cwd, file)}`;
    return { oneLine: oneLine(line, maxLine), brief: false, text: [line, ...detailLines(input), ...change].join('\n') };
  }
  const address = input['url'] ?? input['query'];
  if (typeof address !== 'string') {
    const line = `${tool} ${compact(input)}`.trim();
    return { oneLine: oneLine(line, maxLine), brief: false, text: line };
  }
  const line = `${tool} ${address}`;
  return { oneLine: oneLine(line, maxLine), brief: false, text: [line, ...detailLines(input)].join('\n') };
}

/**
 * What the screen of the tool may name the request by: the command, the question, or the file as it is or as the agent's
 * folder shows it. Empty where there is nothing to compare with.
 */
export function subjectsOf(event: HookEvent): string[] {
  const input = fieldsOf(event['tool_input']);
  if (event['tool_name'] === 'AskUserQuestion') return questionsOf(input).map((question) => question.text);
  const command = input['command'];
  if (typeof command === 'string') return [command];
  const file = input['file_path'] ?? input['notebook_path'] ?? input['path'];
  return typeof file === 'string' ? [file, relativeTo(textOf(event['cwd']), file)] : [];
}

/**
 * The rest of what would be done, a field a paragraph; a proposed change as a change. A description and a time limit
 * change nothing about what a command does; that it runs in the background, or outside of a sandbox, does.
 */
function detailLines(input: Readonly<Record<string, unknown>>): string[] {
  const shown = new Set(['command', 'description', 'timeout', 'file_path', 'notebook_path', 'path', 'url', 'query']);
  const [before, after] = [input['old_string'], input['new_string']];
  const change =
    typeof before === 'string' && typeof after === 'string' ? [...marked('-', before), ...marked('+', after)] : [];
  if (change.length > 0) for (const field of ['old_string', 'new_string']) shown.add(field);
  const rest = Object.entries(input).filter(([name]) => !shown.has(name));
  return [...change, ...rest.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : compact(value)}`)];
}

/** A change that a tool tells as a whole, beside the input. */
function changeLines(event: HookEvent): string[] {
  const change = textOf(event['change']);
  return change === '' ? [] : [change];
}

function marked(mark: string, text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `${mark} ${line}`);
}

function compact(value: unknown): string {
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return '';
  return JSON.stringify(value) ?? '';
}

/** As the agent's own folder shows it; outside of that the whole path. */
function relativeTo(cwd: string, file: string): string {
  if (cwd === '' || !path.isAbsolute(file)) return file;
  const relative = path.relative(cwd, file);
  return relative === '' || relative.startsWith('..') ? file : relative;
}

/** The plan's own heading, else its first words. */
function planLine(plan: string): string {
  const lines = stripControls(plan, { keepLines: true })
    .split('\n')
    .map((line) => line.replace(/^#+\s*/, '').trim());
  return oneLine(`plan: ${lines.find((line) => line !== '') ?? ''}`, maxLine);
}

function questionsOf(input: Readonly<Record<string, unknown>>): RequestQuestion[] {
  const questions = Array.isArray(input['questions']) ? input['questions'] : [];
  return questions.map(fieldsOf).map((question) => ({
    text: textOf(question['question']),
    options: (Array.isArray(question['options']) ? question['options'] : [])
      .map(fieldsOf)
      .map((option) => ({ label: textOf(option['label']), description: textOf(option['description']) })),
    multiple: question['multiSelect'] === true,
  }));
}
