import type { AgentEvent, HookEvent, RunnerEvent } from '../events/agentEvent.ts';

/** What an agent's own reports say it is doing, with the time it began. */
export type Activity =
  | { kind: 'starting'; since: string }
  | { kind: 'working'; since: string; lastSignAt: string; detail: string }
  /** What is open in it: other tools' reports do not close a dialog. */
  | { kind: 'waiting'; since: string; detail: string; open: OpenRequest[] }
  | { kind: 'idle'; since: string; detail: string }
  | { kind: 'parked'; since: string; detail: string; until: string | null }
  /** The tool said that its session ended. */
  | { kind: 'ended'; since: string; detail: string }
  /** The pane's program is gone. */
  | { kind: 'dead'; since: string; exitCode: number | null; signal: number | null }
  | { kind: 'startFailed'; since: string; detail: string };

interface OpenRequest {
  /** Tells it from others by what the events about it have in common. */
  key: string;
  detail: string;
}

/** Folds one event into what was known before. Events of other launches must have been left out. */
export function nextActivity(before: Activity, { at, ...entry }: AgentEvent): Activity {
  return entry.source === 'hook' ? afterHook(before, entry.event, at) : afterRunner(before, entry.event, at);
}

function afterRunner(before: Activity, event: RunnerEvent, at: string): Activity {
  switch (event.type) {
    case 'launched':
      return { kind: 'starting', since: at };
    case 'startFailed':
      return { kind: 'startFailed', since: at, detail: event.message };
    case 'died':
      if (before.kind === 'dead') return before;
      return { kind: 'dead', since: at, exitCode: event.exitCode, signal: event.signal };
    case 'gone':
      return before.kind === 'dead' ? before : { kind: 'dead', since: at, exitCode: null, signal: null };
    case 'intent':
    case 'told':
      return before;
  }
}

const signsOfLife = new Set(['SessionStart', 'UserPromptSubmit', 'PreToolUse']);

/** The names are Claude Code's; other tools' events are translated to them by their runtime. */
function afterHook(before: Activity, event: HookEvent, at: string): Activity {
  if (before.kind === 'dead') return before;
  // Only what a living agent says takes back that it did not start; its last words do not.
  if (before.kind === 'startFailed' && !signsOfLife.has(event.hook_event_name)) return before;
  switch (event.hook_event_name) {
    case 'SessionStart':
      return before.kind === 'starting' || before.kind === 'startFailed'
        ? { kind: 'idle', since: at, detail: 'waiting for its first message' }
        : before;
    case 'UserPromptSubmit':
      return working(before, at, 'reading its task');
    case 'PreToolUse':
      return isQuestion(event) ? waitingFor(before, event, at) : worksOn(before, at, toolLine(event));
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return worksOn(answered(before, event, at), at, `ran ${textOf(event['tool_name'])}`);
    case 'PermissionRequest':
      return waitingFor(before, event, at);
    case 'Stop':
      return hasBackgroundTasks(event)
        ? worksOn(before, at, 'background tasks')
        : { kind: 'idle', since: at, detail: 'turn ended' };
    case 'StopFailure':
      return failed(event, at);
    case 'SessionEnd':
      return { kind: 'ended', since: at, detail: `session ended (${textOf(event['reason'])})` };
    default:
      return before.kind === 'working' ? { ...before, lastSignAt: at } : before;
  }
}

function working(before: Activity, at: string, detail: string): Activity {
  return { kind: 'working', since: before.kind === 'working' ? before.since : at, lastSignAt: at, detail };
}

/** While a dialog is open it stays what matters most, whatever else goes on beside it. */
function worksOn(before: Activity, at: string, detail: string): Activity {
  return before.kind === 'waiting' ? before : working(before, at, detail);
}

function waitingFor(before: Activity, event: HookEvent, at: string): Activity {
  const request = {
    key: keyOf(event),
    detail: isQuestion(event) ? `asks: ${questionOf(event)}` : `allow: ${requestLine(event)}`,
  };
  const others = before.kind === 'waiting' ? before.open.filter(({ key }) => key !== request.key) : [];
  const [first = request] = others;
  const since = before.kind === 'waiting' ? before.since : at;
  return { kind: 'waiting', since, detail: first.detail, open: [...others, request] };
}

/** The tool whose use was asked for has run, so its dialog is closed. */
function answered(before: Activity, event: HookEvent, at: string): Activity {
  if (before.kind !== 'waiting') return before;
  const open = before.open.filter(({ key }) => key !== keyOf(event));
  const [first] = open;
  return first === undefined ? working(before, at, '') : { ...before, detail: first.detail, open };
}

/** A question's answer is added to its input, so that only its tool is the same before and after. */
function keyOf(event: HookEvent): string {
  const tool = textOf(event['tool_name']);
  return isQuestion(event) ? tool : `${tool} ${JSON.stringify(event['tool_input'] ?? null)}`;
}

function failed(event: HookEvent, at: string): Activity {
  const until = typeof event['resets_at'] === 'string' ? event['resets_at'] : null;
  switch (textOf(event['error'])) {
    case 'rate_limit':
      return { kind: 'parked', since: at, detail: 'usage limit', until };
    case 'authentication_failed':
      return { kind: 'parked', since: at, detail: 'logged out', until: null };
    default:
      return { kind: 'idle', since: at, detail: `turn failed: ${textOf(event['message'])}` };
  }
}

function isQuestion(event: HookEvent): boolean {
  return event['tool_name'] === 'AskUserQuestion';
}

function hasBackgroundTasks(event: HookEvent): boolean {
  const tasks = event['background_tasks'];
  return Array.isArray(tasks) && tasks.length > 0;
}

function toolLine(event: HookEvent): string {
  return `${textOf(event['tool_name'])} ${inputLine(event)}`.trim();
}

/** What is asked to be allowed, whole: a shortened command must not be approved unseen. */
function requestLine(event: HookEvent): string {
  const input = fieldsOf(event['tool_input']);
  return typeof input['command'] === 'string' ? input['command'] : toolLine(event);
}

function inputLine(event: HookEvent): string {
  const input = fieldsOf(event['tool_input']);
  const known = input['command'] ?? input['file_path'] ?? input['path'];
  if (typeof known === 'string') return known;
  return Object.keys(input).length === 0 ? '' : JSON.stringify(input);
}

function questionOf(event: HookEvent): string {
  const questions = fieldsOf(event['tool_input'])['questions'];
  return Array.isArray(questions) ? textOf(fieldsOf(questions[0])['question']) : '';
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
