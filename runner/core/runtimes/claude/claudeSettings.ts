import { quoteForSh } from '../../text/quoteForSh.ts';
import type { LaunchRequest } from '../runtime.ts';
import { claudeModes } from './claudeModes.ts';

/** Rare and decisive: a process each, which leaves the event on disk where no daemon listens. */
const decisiveEvents = ['UserPromptSubmit', 'Stop', 'StopFailure', 'SessionEnd'];

/** Frequent: posted, which costs the tool some milliseconds and no process. */
const frequentEvents = [
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PermissionDenied',
  'SubagentStart',
  'SubagentStop',
  'PreCompact',
  'PostCompact',
];

/** In seconds. A request may wait for its answer as long as a person sleeps. */
const decisiveTimeout = 30;
const frequentTimeout = 2;
const answerTimeout = 86_400;

/**
 * What `claude --settings` gets: hooks that report to the runner, and what the permission mode needs. It is added to the
 * user's and the project's own settings.
 */
export function claudeSettings(
  request: Pick<LaunchRequest, 'mode' | 'prompt' | 'resume' | 'hooks'>,
): Record<string, unknown> {
  const { mode, hooks } = request;
  const report = commandHook(hooks.panCommand, decisiveTimeout);
  const post = hooks.url === null ? report : httpHook(hooks.url);
  return {
    ...claudeModes[mode].settings,
    hooks: {
      SessionStart: [{ matcher: reportedStarts(request), hooks: [report] }],
      ...Object.fromEntries(decisiveEvents.map((event) => [event, [{ hooks: [report] }]])),
      ...Object.fromEntries(frequentEvents.map((event) => [event, [{ hooks: [post] }]])),
      PermissionRequest: [{ hooks: [commandHook(hooks.panCommand, answerTimeout)] }],
    },
  };
}

/**
 * Sources of a session's start that are reported. Started with a prompt it is not idle in between, and what were typed
 * then would get in the prompt's way; its first report is that of the prompt.
 */
function reportedStarts({ prompt, resume }: Pick<LaunchRequest, 'prompt' | 'resume'>): string {
  if (prompt === null) return '*';
  return resume ? 'clear|compact' : 'clear|compact|resume';
}

/** Does nothing where `pan` is gone, and never fails: an exit code of 2 would block what is reported. */
function commandHook(panCommand: string, timeout: number) {
  const pan = quoteForSh(panCommand);
  return { type: 'command', command: `[ ! -x ${pan} ] || ${pan} hook || true`, timeout };
}

function httpHook(url: string) {
  return {
    type: 'http',
    url,
    headers: {
      Authorization: 'Bearer $PAN_HOOK_TOKEN',
      'X-Pan-Agent': '$PAN_AGENT_ID',
      'X-Pan-Launch': '$PAN_LAUNCH_ID',
    },
    allowedEnvVars: ['PAN_HOOK_TOKEN', 'PAN_AGENT_ID', 'PAN_LAUNCH_ID'],
    timeout: frequentTimeout,
  };
}
