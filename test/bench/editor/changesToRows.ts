import { setTimeout as delay } from 'node:timers/promises';
import type { Tree } from '../../e2e/support/tree.ts';
import type { RunnerHome } from '../../support/runnerHome.ts';
import { RowSightings, type Sighting } from './rowSightings.ts';

const watchMs = 30_000;
/** More than an agent runs while it is looked at. */
const commands = 1_000;

/** A turn of commands that take that long each, in seconds, and of which each has a name of its own: `sleep 4.017`. */
export function commandsOf(seconds: number): { run: [string, string] }[] {
  return Array.from({ length: commands }, (_, index) => ({ run: ['sleep', (seconds + index / commands).toFixed(3)] }));
}

export interface ChangesToRows {
  /** Of each change that a row showed: how long after the runner's notice, in milliseconds. */
  late: number[];
  /** How many changes of agents whose rows were drawn these never showed. */
  missed: number;
}

/** Watches agents that run such commands for a while. @throws Error when no row changed. */
export async function changesToRows(home: RunnerHome, agents: Tree): Promise<ChangesToRows> {
  const sightings = await RowSightings.of(agents);
  const announced = await announcements(home, watchMs);
  // The last ones may still be on their way.
  await delay(2_000);
  return compare(announced, await sightings.all());
}

/** `MIN-3 sleep 4.017` -> when the runner first said that something is new about the agent, milliseconds since 1970. */
async function announcements(home: RunnerHome, forMs: number): Promise<Map<string, number>> {
  const runner = await home.runner();
  const told = new Map<string, number>();
  const known = new Map((await runner.agents.list({})).map(({ issueId, reason }) => [issueId, reason]));
  const pending = new Set<Promise<void>>();
  const stop = runner.onDidChange(({ scope, ids }) => {
    if (scope !== 'agents') return;
    const at = Date.now();
    const asked = runner.agents.list({ ids }).then((agents) => {
      for (const { issueId, reason } of agents) {
        const command = sleepIn(reason);
        if (command === undefined || known.get(issueId) === reason) continue;
        known.set(issueId, reason);
        told.set(`${issueId} ${command}`, at);
      }
    });
    pending.add(asked);
  });
  await delay(forMs);
  stop();
  await Promise.all(pending);
  return told;
}

function compare(announced: ReadonlyMap<string, number>, sightings: readonly Sighting[]): ChangesToRows {
  const drawn = new Map<string, number>();
  const inSight = new Set<string>();
  for (const { label, description, at } of sightings) {
    const issueId = label.split(' ')[0] ?? '';
    const command = sleepIn(description);
    if (command === undefined) continue;
    inSight.add(issueId);
    const key = `${issueId} ${command}`;
    if (!drawn.has(key)) drawn.set(key, at);
  }
  const late: number[] = [];
  let missed = 0;
  for (const [key, at] of announced) {
    const seenAt = drawn.get(key);
    if (seenAt !== undefined) late.push(seenAt - at);
    else if (inSight.has(key.split(' ')[0] ?? '')) missed += 1;
  }
  if (late.length === 0) throw new Error('No row changed.');
  return { late, missed };
}

function sleepIn(text: string): string | undefined {
  return /sleep [\d.]+/.exec(text)?.[0];
}
