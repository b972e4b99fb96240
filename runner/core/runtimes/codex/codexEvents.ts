import path from 'node:path';
import type { HookEvent } from '../../events/agentEvent.ts';

/**
 * Codex's events have Claude Code's names; what differs is said in its words. The start of a new session says nothing:
 * it comes with the first prompt (0.169.0), and would look like an agent that waits for one.
 */
export function translateCodexEvent(event: HookEvent): HookEvent | undefined {
  if (event.hook_event_name === 'SessionStart' && event['source'] === 'startup') return undefined;
  const translated = event['tool_name'] === 'apply_patch' ? withFiles(event) : event;
  // A subagent reports under the agent's session, and names its own rollout.
  if (event['agent_id'] === undefined) return translated;
  const { transcript_path: _, ...rest } = translated;
  return rest;
}

/** A patch comes as `command`, which is none. */
function withFiles(event: HookEvent): HookEvent {
  const input = event['tool_input'];
  if (typeof input !== 'object' || input === null || !('command' in input)) return event;
  const { command: patch, ...rest } = input;
  if (typeof patch !== 'string') return event;
  const files = [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map((match) => match[1] ?? '');
  const [file, another] = files;
  const subject = another === undefined && file !== undefined ? absolute(event, file) : files.join(', ');
  return { ...event, tool_input: { ...rest, file_path: subject, patch } };
}

function absolute(event: HookEvent, file: string): string {
  const cwd = event['cwd'];
  return typeof cwd === 'string' ? path.resolve(cwd, file) : file;
}
