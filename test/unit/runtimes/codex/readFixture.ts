import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HookEvent } from '../../../../runner/core/events/agentEvent.ts';

/** Recorded from Codex 0.169.0, with neutral paths. */
export function readFixture(name: string): string {
  return readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
}

export function hookFixture(name: string): HookEvent {
  return JSON.parse(readFixture(`hook-${name}.json`)) as HookEvent;
}
