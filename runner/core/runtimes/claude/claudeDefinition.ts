import type { HookEvent } from '../../events/agentEvent.ts';
import type { RuntimeDefinition } from '../runtimeDefinition.ts';
import { claudeCapabilities } from './claudeCapabilities.ts';
import { decide } from './claudeDecide.ts';
import { ClaudeRuntime } from './claudeRuntime.ts';
import { claudeLiveFile, screenSign, titleSign } from './claudeSigns.ts';
import { claudeTranscript } from './claudeTranscript.ts';
import { claudeTyping } from './claudeTyping.ts';

/** Claude Code, measured with 2.1.330. */
export const claudeDefinition: RuntimeDefinition = {
  name: 'claude',
  capabilities: claudeCapabilities,
  behaviour: {
    translate,
    titleSign,
    screenSign,
    liveFile: claudeLiveFile,
    transcript: claudeTranscript,
    typing: claudeTyping,
    decide,
  },
  create: (deps) => new ClaudeRuntime(deps),
};

/** Its words are the runner's own, but that the text of a failure is told as the last message. */
function translate(event: HookEvent): HookEvent | undefined {
  switch (event.hook_event_name) {
    case 'PreToolUse':
      // A question and a plan are told once more as a request, by the hook that waits for the answer.
      return requests.has(event['tool_name']) ? undefined : event;
    case 'StopFailure':
      return { ...event, message: event['last_assistant_message'] };
    default:
      return event;
  }
}

const requests = new Set<unknown>(['AskUserQuestion', 'ExitPlanMode']);
