import { setTimeout as delay } from 'node:timers/promises';
import type { RunnerHome } from '../../support/runnerHome.ts';
import type { BenchCase } from '../benchCase.ts';
import { startAgents } from '../benchHomes.ts';
import { measured, percentile } from '../editor/measured.ts';
import { openEditor } from '../editor/openEditor.ts';
import { RowSightings, type Sighting } from '../editor/rowSightings.ts';
import { median } from '../interleave.ts';

const agentCount = 50;
const watchMs = 30_000;
/** How long each command of an agent runs, in seconds. */
const commandS = 4;
const commands = 1_000;
const limitMs = 300;

/** From the runner's notice that an agent does something else to the row that says so, with 50 agents at work. */
export const row: BenchCase = {
  name: 'row',
  async run(homes) {
    const home = await homes.open();
    home.script([Array.from({ length: commands }, (_, index) => ({ run: ['sleep', commandOf(index)] }))]);
    homes.say(`starting ${agentCount} agents`);
    await startAgents(home, agentCount, 'working');
    const editor = await openEditor(homes, home, { viewport: { width: 1280, height: 2_000 } });
    try {
      const workbench = await editor.open();
      await workbench.showContainer('Panopticon');
      const agents = await workbench.tree('Agents').shown();
      await agents.row(/^MIN-1 /).waitFor();
      const sightings = await RowSightings.of(agents);
      const announced = await announcements(home, watchMs);
      // The last ones may still be on their way.
      await delay(2_000);
      const { late, missed } = compare(announced, await sightings.all());
      return [
        measured({
          what: `an agent's change to its row, ${agentCount} agents at work, 95th percentile`,
          against: "the runner's notice",
          value: percentile(late, 0.95),
          limit: limitMs,
          unit: 'ms',
          detail: `median ${median(late).toFixed(0)} ms, longest ${Math.max(...late)} ms of ${late.length}; ${missed} never drawn`,
        }),
      ];
    } finally {
      await editor.stop();
    }
  },
};

/** Each names itself: `4.017`. */
function commandOf(index: number): string {
  return (commandS + (index % commands) / commands).toFixed(3);
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

/** Of the agents whose rows were drawn: how late each change was, and how many changes their rows never showed. */
function compare(announced: ReadonlyMap<string, number>, sightings: readonly Sighting[]) {
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
