import assert from 'node:assert/strict';
import type { Workbench } from '../../e2e/support/workbench.ts';
import type { RunnerHome } from '../../support/runnerHome.ts';
import type { BenchCase } from '../benchCase.ts';
import { startAgents } from '../benchHomes.ts';
import { changesToRows, commandsOf } from '../editor/changesToRows.ts';
import { type HostMemory, heldBy } from '../editor/heldBy.ts';
import { measured, percentile } from '../editor/measured.ts';
import { type Editor, openEditor } from '../editor/openEditor.ts';
import { type ShownMore, showMore } from '../editor/showMore.ts';
import { median } from '../interleave.ts';

const agentCount = 200;
/** How long each command of an agent runs, in seconds: as many changes in all as with the 50 agents of the case `row`. */
const commandS = 16;
const windows = 3;
const limits = { rowMs: 300, shownMs: 500, memoryMb: 30 };

/** A window with 200 agents at work, all of them listed. */
export const crowd: BenchCase = {
  name: 'crowd',
  async run(homes) {
    const none = await openEditor(homes, await homes.open());
    const home = await homes.open();
    home.script([commandsOf(commandS)]);
    homes.say(`starting ${agentCount} agents`);
    await startAgents(home, agentCount, 'working');
    const editor = await openEditor(homes, home, { viewport: { width: 1280, height: 2_000 } });
    const held: Record<'crowd' | 'none', HostMemory[]> = { crowd: [], none: [] };
    const shown: ShownMore[] = [];
    try {
      for (let round = 0; round < windows; round += 1) {
        held.none.push(await heldBy(none, showAgents));
        held.crowd.push(await heldBy(editor, async (workbench) => void shown.push(await showAll(workbench))));
      }
      const { late, missed } = await watched(editor, home);
      const of = (part: keyof ShownMore) => median(shown.map((each) => each[part]));
      const megabytes = (name: 'crowd' | 'none', what: keyof HostMemory) =>
        median(held[name].map((each) => each[what])) / 1e6;
      const more = (what: keyof HostMemory) => megabytes('crowd', what) - megabytes('none', what);
      return [
        measured({
          what: `an agent's change to its row, ${agentCount} agents at work, 95th percentile`,
          against: "the runner's notice",
          value: percentile(late, 0.95),
          limit: limits.rowMs,
          unit: 'ms',
          detail: `median ${median(late).toFixed(0)} ms, longest ${Math.max(...late)} ms of ${late.length}; ${missed} never drawn`,
        }),
        measured({
          what: `click on Show ${agentCount - 50} More to their rows`,
          against: '-',
          value: of('drawnMs'),
          limit: limits.shownMs,
          unit: 'ms',
          detail: `End to the last rows ${of('scrolledMs').toFixed(0)} ms; medians of ${windows} windows`,
        }),
        measured({
          what: `extension host, ${agentCount} agents at work, all of them listed`,
          against: 'the same, an empty project',
          value: more('residentBytes'),
          limit: limits.memoryMb,
          unit: '+MB',
          detail:
            `${megabytes('crowd', 'residentBytes').toFixed(1)} MB to ${megabytes('none', 'residentBytes').toFixed(1)} MB; ` +
            `of its heap ${more('heapBytes').toFixed(1)} MB`,
        }),
      ];
    } finally {
      await Promise.all([editor.stop(), none.stop()]);
    }
  },
};

async function showAgents(workbench: Workbench): Promise<void> {
  await workbench.tree('Agents').shown();
}

async function showAll(workbench: Workbench): Promise<ShownMore> {
  const agents = await workbench.tree('Agents').shown();
  // What is below it would take its room.
  for (const view of ['Issues', 'Workspaces']) await workbench.tree(view).folded();
  return showMore(workbench, agents, `Show ${agentCount - 50} More`);
}

/**
 * How late rows are in a window that lists all, and that they stay where they are when the runner is replaced.
 *
 * @throws AssertionError when what was selected, unfolded or in sight is not so any more
 */
async function watched(editor: Editor, home: RunnerHome) {
  const workbench = await editor.open();
  await workbench.showContainer('Panopticon');
  await showAll(workbench);
  const agents = workbench.tree('Agents');
  const [chosen] = (await agents.rows()).slice(-10);
  assert.ok(chosen !== undefined);
  await agents.row(chosen.label).click();
  const selected = agents.row(chosen.label).and(workbench.page.locator('[aria-selected=true]'));
  await selected.waitFor();
  const changes = await changesToRows(home, agents);
  const inSight = await agents.labels();
  await home.pan(['daemon', 'restart']);
  // Rows change again.
  await changesToRows(home, agents);
  await selected.waitFor();
  assert.deepEqual(await agents.labels(), inSight);
  await workbench.close();
  return changes;
}
