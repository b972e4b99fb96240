import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HookEvent } from '../../../../runner/core/events/agentEvent.ts';

const folder = path.join(import.meta.dirname, 'fixtures');

/** What Gemini CLI 0.61.0 showed, as `tmux capture-pane -p` printed it. */
export function recordedScreen(name: string): string {
  return readFileSync(path.join(folder, `${name}.screen.txt`), 'utf8');
}

/** What its hook got. */
export function recordedEvent(name: string): HookEvent {
  const events = JSON.parse(readFileSync(path.join(folder, 'hooks.json'), 'utf8')) as Record<string, HookEvent>;
  const event = events[name];
  if (event === undefined) throw new Error(`no recorded event ${name}`);
  return event;
}

export function recordedLines(name: string): unknown[] {
  const text = readFileSync(path.join(folder, `${name}.jsonl`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
