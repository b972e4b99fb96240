import type { Workbench } from '../../e2e/support/workbench.ts';
import { patienceMs } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { BenchCase } from '../benchCase.ts';
import { measured } from '../editor/measured.ts';
import { openEditor } from '../editor/openEditor.ts';
import { median } from '../interleave.ts';

const rounds = 5;
const limitMs = 50;

/** What the extension adds to the start of a window, by VS Code's own clock: loading its code and `activate`. */
export const activation: BenchCase = {
  name: 'activation',
  async run(homes) {
    const home = await homes.open();
    // The list draws only rows in sight; the fastest are at its end.
    const editor = await openEditor(homes, home, { viewport: { width: 1280, height: 2_000 } });
    const times: Record<'panopticon' | 'probe', number>[] = [];
    try {
      // The first window also fills the caches of the disk.
      for (let round = 0; round <= rounds; round += 1) {
        const workbench = await editor.open();
        const read = await activationTimes(workbench);
        if (round > 0) times.push(read);
        await workbench.close();
      }
    } finally {
      await editor.stop();
    }
    const own = times.map(({ panopticon }) => panopticon);
    const least = median(times.map(({ probe }) => probe));
    return [
      measured({
        what: `activation in a new window, median of ${rounds}`,
        against: 'nothing',
        value: median(own),
        limit: limitMs,
        unit: 'ms',
        detail: `${Math.min(...own)} to ${Math.max(...own)} ms; an extension that does nothing ${least} ms`,
      }),
    ];
  },
};

/** As `Developer: Show Running Extensions` says, whose list is sorted anew while extensions start. */
async function activationTimes(workbench: Workbench): Promise<Record<'panopticon' | 'probe', number>> {
  await workbench.showContainer('Panopticon');
  await workbench.tree('Agents').shown();
  await workbench.run('Developer: Show Running Extensions');
  const rows = workbench.page.locator('.runtime-extensions-editor .monaco-list-row');
  const seen = new Map</* name */ string, number>();
  const look = async () => {
    const shown = await rows.evaluateAll((elements) =>
      elements.map((element) => [
        element.getAttribute('aria-label') ?? '',
        element.querySelector('.activation-time')?.textContent ?? '',
      ]),
    );
    for (const [name = '', time = ''] of shown) {
      const ms = /: (\d+)\s*ms$/.exec(time)?.[1];
      if (ms !== undefined) seen.set(name, Number(ms));
    }
    const [panopticon, probe] = [seen.get('panopticon'), seen.get('probe')];
    return panopticon === undefined || probe === undefined ? undefined : { panopticon, probe };
  };
  return waitFor(look, { timeoutMs: patienceMs, what: 'both extensions to be active' }).catch((cause: unknown) => {
    throw new Error(`Active are ${[...seen.keys()].join(', ')}.`, { cause });
  });
}
