import type { BenchCase } from '../benchCase.ts';
import { startAgents } from '../benchHomes.ts';
import { changesToRows, commandsOf } from '../editor/changesToRows.ts';
import { measured, percentile } from '../editor/measured.ts';
import { openEditor } from '../editor/openEditor.ts';
import { median } from '../interleave.ts';

const agentCount = 50;
/** How long each command of an agent runs, in seconds. */
const commandS = 4;
const limitMs = 300;

/** From the runner's notice that an agent does something else to the row that says so, with 50 agents at work. */
export const row: BenchCase = {
  name: 'row',
  async run(homes) {
    const home = await homes.open();
    home.script([commandsOf(commandS)]);
    homes.say(`starting ${agentCount} agents`);
    await startAgents(home, agentCount, 'working');
    const editor = await openEditor(homes, home, { viewport: { width: 1280, height: 2_000 } });
    try {
      const workbench = await editor.open();
      await workbench.showContainer('Panopticon');
      const agents = await workbench.tree('Agents').shown();
      await agents.row(/^MIN-1 /).waitFor();
      const { late, missed } = await changesToRows(home, agents);
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
