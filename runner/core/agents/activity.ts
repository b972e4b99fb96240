import { createHash } from 'node:crypto';
import type { AgentEvent, HookEvent, RunnerEvent } from '../events/agentEvent.ts';
import { comparableInput, isCut } from '../events/trimEvent.ts';
import { type Parked, parkedBy } from '../runtimes/parkedSign.ts';
import { fieldsOf, textOf } from '../text/fields.ts';

type HookReport = AgentEvent & { source: 'hook' };

/** What an agent's own reports say it is doing, with the time it began. */
export type Activity =
  /** `silent`: it was given nothing to do. */
  | { kind: 'starting'; since: string; silent?: true }
  /** `background`: its turn has ended and something that it began goes on, so that it looks idle. */
  | { kind: 'working'; since: string; lastSignAt: string; detail: string; background?: true }
  /** What is open in it: other tools' reports do not close a dialog. */
  | { kind: 'waiting'; since: string; detail: string; open: OpenRequest[] }
  /** `untold`: it came up and waits for its first message. */
  | { kind: 'idle'; since: string; detail: string; untold?: true }
  | ({ kind: 'parked'; since: string; detail: string; until: string | null } & Parked)
  /** The tool said that its session ended. */
  | { kind: 'ended'; since: string; detail: string }
  /** The pane's program is gone. */
  | { kind: 'dead'; since: string; exitCode: number | null; signal: number | null }
  | { kind: 'startFailed'; since: string; detail: string };

/** What an agent that came up and did not end may be doing. */
export type LivingActivity = Exclude<Activity, { kind: 'dead' | 'startFailed' }>;

/** A dialog that stands open. */
export interface OpenRequest {
  /** What the events about it have in common. */
  key: string;
  /** The waiting hook's name for it, else one made from what is known. Whatever else is asked has another. */
  id: string;
  detail: string;
  at: string;
  event: HookEvent;
  /** The process of the hook that waits for an answer, where one does. */
  hookPid: number | null;
}

/** Folds one event into what was known before. Events of other launches must have been left out. */
export function nextActivity(before: Activity, entry: AgentEvent): Activity {
  return entry.source === 'hook' ? afterHook(before, entry) : afterRunner(before, entry.event, entry.at);
}

function afterRunner(before: Activity, event: RunnerEvent, at: string): Activity {
  switch (event.type) {
    case 'launched':
      return event.silent === true ? { kind: 'starting', since: at, silent: true } : { kind: 'starting', since: at };
    case 'startFailed':
      return { kind: 'startFailed', since: at, detail: event.message };
    case 'died':
      if (before.kind === 'dead') return before;
      return { kind: 'dead', since: at, exitCode: event.exitCode, signal: event.signal };
    case 'gone':
      return before.kind === 'dead' ? before : { kind: 'dead', since: at, exitCode: null, signal: null };
    case 'answered':
      return closed(
        before,
        ({ id }) => id === event.requestId,
        at,
        (request) => afterAnswer(request, event.answer),
      );
    case 'intent':
    case 'told':
      return before;
  }
}

const signsOfLife = new Set(['SessionStart', 'UserPromptSubmit', 'PreToolUse']);

/** The names are Claude Code's; other tools' events are translated to them by their runtime. */
function afterHook(before: Activity, report: HookReport): Activity {
  const { event, at } = report;
  if (before.kind === 'dead') return before;
  // Only what a living agent says takes back that it did not start; its last words do not.
  if (before.kind === 'startFailed' && !signsOfLife.has(event.hook_event_name)) return before;
  switch (event.hook_event_name) {
    case 'SessionStart':
      // What it was given comes next, and until then it is not to be told anything.
      if (before.kind === 'starting' && before.silent !== true) return before;
      return before.kind === 'starting' || before.kind === 'startFailed' ? cameUp(event, at) : before;
    case 'UserPromptSubmit':
      return working(before, at, isFirstPrompt(before) ? 'reading its task' : 'reading your message');
    case 'PreToolUse':
      return isQuestion(event) ? waitingFor(before, report) : worksOn(before, at, toolLine(event));
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return worksOn(answered(before, event, at), at, `ran ${textOf(event['tool_name'])}`);
    case 'PermissionRequest':
      return waitingFor(before, report);
    case 'Stop':
      return hasBackgroundTasks(event)
        ? inBackground(worksOn(before, at, 'background tasks'))
        : { kind: 'idle', since: at, detail: 'turn ended' };
    case 'StopFailure':
      return failed(event, at);
    case 'SessionEnd':
      return { kind: 'ended', since: at, detail: `session ended (${textOf(event['reason'])})` };
    case 'Notification':
      // It repeats, up to a minute later, what the other events have told.
      return before;
    default:
      return before.kind === 'working' ? { ...before, lastSignAt: at } : before;
  }
}

function cameUp(event: HookEvent, at: string): Activity {
  if (event['source'] === 'resume') return { kind: 'idle', since: at, detail: 'resumed' };
  return { kind: 'idle', since: at, detail: 'waiting for its first message', untold: true };
}

function working(before: Activity, at: string, detail: string): Activity {
  return { kind: 'working', since: before.kind === 'working' ? before.since : at, lastSignAt: at, detail };
}

/** Of a launch that was given something to do, or of one that came up although its start seemed to fail. */
function isFirstPrompt(before: Activity): boolean {
  return (before.kind === 'starting' && before.silent !== true) || (before.kind === 'idle' && before.untold === true);
}

function inBackground(activity: Activity): Activity {
  return activity.kind === 'working' ? { ...activity, background: true } : activity;
}

/** While a dialog is open it stays what matters most, whatever else goes on beside it. */
function worksOn(before: Activity, at: string, detail: string): Activity {
  return before.kind === 'waiting' ? before : working(before, at, detail);
}

function waitingFor(before: Activity, report: HookReport): Activity {
  const open = before.kind === 'waiting' ? before.open : [];
  const request = openRequest(report);
  const same = open.find((each) => isToldAgain(each, request, report));
  const next =
    same === undefined
      ? [...open.filter((each) => !isReplaced(each, request)), request]
      : open.map((each) => (each === same ? refreshed(each, report) : each));
  const [first = request] = next;
  const since = before.kind === 'waiting' ? before.since : report.at;
  return { kind: 'waiting', since, detail: first.detail, open: next };
}

/** A question is told twice, as the use of its tool and as a request. A hook that waits asks for itself. */
function isToldAgain(known: OpenRequest, request: OpenRequest, { event }: HookReport): boolean {
  if (known.id === request.id) return true;
  const [isUse, wasUse] = [event, known.event].map((each) => each.hook_event_name === 'PreToolUse');
  if (request.hookPid !== null && !(wasUse && known.hookPid === null)) return false;
  if (known.key !== request.key || isOtherUse(known.event, event)) return false;
  return isUse || wasUse ? inputOf(known.event) === inputOf(event) : isTheSame(known.event, event);
}

/** What was cut may differ where it does not show. */
function isTheSame(known: HookEvent, event: HookEvent): boolean {
  return !isCut(event) && JSON.stringify(known) === JSON.stringify(event);
}

/** Where no hook waits, a tool has one dialog about the same thing at a time: the earlier one was closed. */
function isReplaced(known: OpenRequest, request: OpenRequest): boolean {
  const isByHook = known.hookPid !== null || request.hookPid !== null;
  return !isByHook && known.key === request.key && !isOtherUse(known.event, request.event);
}

/** Some tools name each use of theirs. */
function isOtherUse(a: HookEvent, b: HookEvent): boolean {
  const [one, other] = [textOf(a['tool_use_id']), textOf(b['tool_use_id'])];
  return one !== '' && other !== '' && one !== other;
}

/** The dialog that a report tells of. */
export function openRequest({ event, at, launchId, request }: HookReport): OpenRequest {
  const key = keyOf(event);
  return {
    key,
    id: request?.id ?? createHash('sha256').update(`${launchId} ${at} ${key}`).digest('hex').slice(0, 12),
    detail: detailOf(event),
    at,
    event,
    hookPid: request?.pid ?? null,
  };
}

/** The request names the hook that waits; what a known hook waits for stays what it said first. */
function refreshed(before: OpenRequest, { event, request }: HookReport): OpenRequest {
  return request === undefined || request.id === before.id
    ? before
    : { ...before, event, id: request.id, hookPid: request.pid };
}

function detailOf(event: HookEvent): string {
  if (isQuestion(event)) return `asks: ${questionOf(event)}`;
  return isPlan(event) ? 'has a plan to review' : `allow: ${requestLine(event)}`;
}

/** The tool whose use was asked for has run, so its dialog is closed: of several alike that of the same subagent. */
function answered(before: Activity, event: HookEvent, at: string): Activity {
  if (before.kind !== 'waiting') return before;
  const key = keyOf(event);
  const alike = before.open.filter((request) => request.key === key && !isOtherUse(request.event, event));
  const own = alike.find((request) => request.event['agent_id'] === event['agent_id']) ?? alike[0];
  return closed(
    before,
    (request) => request === own,
    at,
    () => '',
  );
}

/** Until its next report: what it was allowed to do is done now. */
function afterAnswer({ event }: OpenRequest, answer: string): string {
  const isAllowed = answer === 'allow' || answer === 'session';
  return isAllowed && !isQuestion(event) && !isPlan(event) ? toolLine(event) : 'reading your answer';
}

function closed(
  before: Activity,
  isMeant: (request: OpenRequest) => boolean,
  at: string,
  nextDetail: (closed: OpenRequest) => string,
): Activity {
  const meant = before.kind === 'waiting' ? before.open.find(isMeant) : undefined;
  if (before.kind !== 'waiting' || meant === undefined) return before;
  const open = before.open.filter((request) => !isMeant(request));
  const [first] = open;
  return first === undefined ? working(before, at, nextDetail(meant)) : { ...before, detail: first.detail, open };
}

/** An answer is added to a question's or a plan's input, so that only its tool is the same before and after. */
function keyOf(event: HookEvent): string {
  const tool = textOf(event['tool_name']);
  return isQuestion(event) || isPlan(event) ? tool : `${tool} ${inputOf(event)}`;
}

function inputOf(event: HookEvent): string {
  return JSON.stringify(comparableInput(event['tool_input'] ?? null));
}

function failed(event: HookEvent, at: string): Activity {
  const parked = parkedBy(textOf(event['error']));
  if (parked === undefined) return { kind: 'idle', since: at, detail: `turn failed: ${textOf(event['message'])}` };
  const { cause, detail } = parked;
  const until = cause === 'limit' && typeof event['resets_at'] === 'string' ? event['resets_at'] : null;
  return { kind: 'parked', since: at, detail, cause, until };
}

function isQuestion(event: HookEvent): boolean {
  return event['tool_name'] === 'AskUserQuestion';
}

function isPlan(event: HookEvent): boolean {
  return event['tool_name'] === 'ExitPlanMode';
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
