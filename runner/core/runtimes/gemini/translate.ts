import path from 'node:path';
import type { HookEvent } from '../../events/agentEvent.ts';
import { fieldsOf, textOf } from '../../text/fields.ts';

/** What AfterAgent reports when the model said nothing: the request failed or was interrupted. */
const noResponse = '[no response text]';

/** Put behind the prompt where it named a file with `@`. */
const expandedFiles = '\n--- Content from referenced files ---\n';

/** An event of Gemini CLI's hooks in the words of Claude Code's. */
export function translate(event: HookEvent): HookEvent | undefined {
  const mark = event['pan_cut'] === true ? { pan_cut: true } : {};
  const common = { session_id: event.session_id, cwd: event['cwd'], ...mark };
  switch (event.hook_event_name) {
    case 'SessionStart':
      return { ...common, ...transcriptOf(event), hook_event_name: 'SessionStart', source: event['source'] };
    case 'BeforeAgent':
      return { ...common, hook_event_name: 'UserPromptSubmit', prompt: promptOf(event) };
    case 'BeforeTool':
      return { ...common, hook_event_name: 'PreToolUse', ...toolOf(event) };
    case 'AfterTool':
      return { ...common, hook_event_name: 'PostToolUse', ...toolOf(event) };
    case 'Notification':
      return requestOf(event, common);
    case 'AfterAgent':
      return event['prompt_response'] === noResponse
        ? undefined // Why it ended stands in the transcript.
        : { ...common, hook_event_name: 'Stop', last_assistant_message: textOf(event['prompt_response']) };
    case 'SessionEnd':
      return event['reason'] === 'clear'
        ? undefined // The session that follows at once is reported.
        : { ...common, hook_event_name: 'SessionEnd', reason: textOf(event['reason']) };
    default:
      return undefined;
  }
}

/**
 * A resumed conversation goes on in its old file, while its events name a new one, which stays empty (0.61.0). So only
 * the start of a new conversation tells the file.
 */
function transcriptOf(event: HookEvent): { transcript_path?: unknown } {
  return event['source'] === 'resume' ? {} : { transcript_path: event['transcript_path'] };
}

function promptOf(event: HookEvent): string {
  const prompt = textOf(event['prompt']);
  const end = prompt.indexOf(expandedFiles);
  return end === -1 ? prompt : prompt.slice(0, end);
}

/**
 * A tool's name and input, reduced to what its request tells as well: what is asked and what was done are recognised as
 * one by them.
 */
function toolOf(event: HookEvent): { tool_name: string; tool_input: Record<string, unknown> } {
  const name = textOf(event['tool_name']);
  const input = fieldsOf(event['tool_input']);
  switch (name) {
    case 'run_shell_command':
      return { tool_name: name, tool_input: { command: textOf(input['command']) } };
    case 'write_file':
    case 'replace':
      return { tool_name: name, tool_input: { file_path: absolute(event, textOf(input['file_path'])) } };
    case 'read_file':
      return { tool_name: name, tool_input: { file_path: textOf(input['file_path']) } };
    case 'web_fetch':
      return { tool_name: name, tool_input: { query: textOf(input['prompt']) } };
    case 'ask_user':
      return { tool_name: 'AskUserQuestion', tool_input: { questions: questionsOf(input['questions']) } };
    case 'exit_plan_mode':
      return { tool_name: 'ExitPlanMode', tool_input: {} };
    default:
      return { tool_name: name, tool_input: {} };
  }
}

/** Fires just before the dialog is shown, and says other things about it than the tool's own events. */
function requestOf(event: HookEvent, common: Pick<HookEvent, 'session_id'>): HookEvent | undefined {
  if (event['notification_type'] !== 'ToolPermission') return undefined;
  const details = fieldsOf(event['details']);
  const request = { ...common, hook_event_name: 'PermissionRequest' };
  switch (details['type']) {
    case 'exec':
    case 'sandbox_expansion':
      return { ...request, tool_name: 'run_shell_command', tool_input: { command: textOf(details['command']) } };
    case 'edit': {
      const tool_input = { file_path: absolute(event, textOf(details['filePath'])) };
      const tool_name = textOf(details['title']).startsWith('Confirm Write') ? 'write_file' : 'replace';
      return { ...request, tool_name, tool_input, change: textOf(details['fileDiff']) };
    }
    case 'mcp':
      return { ...request, tool_name: mcpName(details), tool_input: {} };
    case 'info':
      return { ...request, ...infoOf(details) };
    case 'exit_plan_mode':
      return { ...request, tool_name: 'ExitPlanMode', tool_input: { plan: planHint } };
    default:
      // A question: its tool was reported with all that it asks.
      return undefined;
  }
}

/** The plan is in a file of the tool's, which no event names. */
const planHint = 'Its plan stands in its terminal.';

function infoOf(details: Readonly<Record<string, unknown>>): {
  tool_name: string;
  tool_input: Record<string, unknown>;
} {
  const title = textOf(details['title']);
  if (title === 'Confirm Web Fetch')
    return { tool_name: 'web_fetch', tool_input: { query: textOf(details['prompt']) } };
  if (title.startsWith('Activate Skill')) return { tool_name: 'activate_skill', tool_input: {} };
  if (title === 'Enter Plan Mode') return { tool_name: 'enter_plan_mode', tool_input: {} };
  return { tool_name: title, tool_input: {} };
}

/** As the tool's own events name it. */
function mcpName(details: Readonly<Record<string, unknown>>): string {
  return `mcp_${textOf(details['serverName'])}_${textOf(details['toolName'])}`;
}

function absolute(event: HookEvent, file: string): string {
  const cwd = textOf(event['cwd']);
  return cwd === '' || file === '' ? file : path.resolve(cwd, file);
}

/** A question of type `yesno` has its options by itself. */
function questionsOf(questions: unknown): unknown[] {
  return (Array.isArray(questions) ? questions : []).map(fieldsOf).map((question) => ({
    ...question,
    ...(question['type'] === 'yesno' ? { options: [{ label: 'Yes' }, { label: 'No' }] } : {}),
  }));
}
