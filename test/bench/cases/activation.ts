import type { BenchCase } from '../benchCase.ts';
import { measured } from '../editor/measured.ts';
import { openEditor } from '../editor/openEditor.ts';
import { askProbe, newProbe, type ProbeAnswers, probesIn } from '../editor/probe.ts';
import { median } from '../interleave.ts';

const rounds = 7;
const limitMs = 50;

/** How long the extension's code keeps the host of a new window busy until it is active: loading it, and `activate`. */
export const activation: BenchCase = {
  name: 'activation',
  async run(homes) {
    const home = await homes.open();
    const editor = await openEditor(homes, home);
    const times: ProbeAnswers['activation'][] = [];
    try {
      // The first window also fills the caches of the disk.
      for (let round = 0; round <= rounds; round += 1) {
        const known = probesIn(editor.probes);
        const workbench = await editor.open();
        const read = await askProbe(editor.probes, await newProbe(editor.probes, known), 'activation');
        if (round > 0) times.push(read);
        await workbench.close();
      }
    } finally {
      await editor.stop();
    }
    const sums = times.map(({ loadMs, activateMs }) => loadMs + activateMs);
    const part = (name: keyof ProbeAnswers['activation']) => median(times.map((each) => each[name])).toFixed(0);
    return [
      measured({
        what: `activation in a new window, median of ${rounds}`,
        against: 'nothing',
        value: median(sums),
        limit: limitMs,
        unit: 'ms',
        detail: `${Math.min(...sums).toFixed(0)} to ${Math.max(...sums).toFixed(0)} ms; ${part('loadMs')} ms load, ${part('activateMs')} ms activate`,
      }),
    ];
  },
};
