import type { EvidenceLine } from '../../protocol/models.ts';
import type { AgentEvent, HookEvent, RunnerEvent } from '../events/agentEvent.ts';
import { oneLine } from '../text/sanitize.ts';

/** Longest quotation of a prompt or a command in one line of evidence, in characters. */
const maxQuoted = 120;

/** One event in words. */
export function describeEvent(entry: AgentEvent): Pick<EvidenceLine, 'source' | 'text'> {
  return entry.source === 'hook' ? { source: 'hook', text: describeHook(entry.event) } : describeRunner(entry.event);
}

function describeHook(event: HookEvent): string {
  const name = oneLine(event.hook_event_name, 40);
  const details = ['tool_name', 'source', 'reason', 'error', 'notification_type']
    .map((field) => event[field])
    .filter((value) => typeof value === 'string');
  const quoted = quotation(event);
  return [
    name,
    ...details.map((detail) => oneLine(detail, 40)),
    ...(quoted === '' ? [] : [`"${oneLine(quoted, maxQuoted)}"`]),
  ].join(' ');
}

function quotation(event: HookEvent): string {
  const input = event['tool_input'];
  const fields = { ...(typeof input === 'object' ? input : {}), ...event } as Record<string, unknown>;
  const named = ['command', 'file_path', 'prompt', 'last_assistant_message', 'message'].map((name) => fields[name]);
  return named.find((value) => typeof value === 'string') ?? '';
}

function describeRunner(event: RunnerEvent): Pick<EvidenceLine, 'source' | 'text'> {
  switch (event.type) {
    case 'launched':
      return { source: 'user', text: `${event.resumed === true ? 'resumed' : 'started'} it (start ${event.fence})` };
    case 'startFailed':
      return { source: 'process', text: `did not start: ${oneLine(event.message, maxQuoted)}` };
    case 'died':
      return {
        source: 'process',
        text: `its program ended (${event.signal === null ? `exit code ${event.exitCode ?? 'unknown'}` : `signal ${event.signal}`})`,
      };
    case 'gone':
      return { source: 'tmux', text: 'its terminal session was gone' };
    case 'intent':
      return {
        source: 'user',
        text: `${event.intent === 'done' ? 'marked done' : event.intent} by ${event.by === 'user' ? 'you' : event.by}`,
      };
    case 'answered':
      return { source: 'user', text: describeAnswer(event) };
    case 'told':
      return { source: 'user', text: `told "${oneLine(event.text, maxQuoted)}", ${event.outcome}` };
  }
}

function describeAnswer({ answer, asked, text, by, from }: RunnerEvent & { type: 'answered' }): string {
  const words = text === '' ? '' : ` "${oneLine(text, maxQuoted)}"`;
  const done =
    { allow: 'allowed', session: 'allowed for the session', deny: 'denied', text: 'answered' }[answer] ?? answer;
  return `${done}${words}: ${oneLine(asked, maxQuoted)}, by ${by} from ${from}`;
}
