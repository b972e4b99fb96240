import type { Workbench } from '../../e2e/support/workbench.ts';
import { median } from '../interleave.ts';
import type { Editor } from './openEditor.ts';
import { askProbe, newProbe, type ProbeAnswers, probesIn } from './probe.ts';

export type HostMemory = ProbeAnswers['memory'];

const readings = 3;

/** What the extension host of a window of its own holds once the work in it is done; the window is closed then. */
export async function heldBy(editor: Editor, work: (workbench: Workbench) => Promise<void>): Promise<HostMemory> {
  const known = probesIn(editor.probes);
  const workbench = await editor.open();
  try {
    await workbench.showContainer('Panopticon');
    const pid = await newProbe(editor.probes, known);
    await work(workbench);
    const all: HostMemory[] = [];
    for (let count = 0; count < readings; count += 1) all.push(await askProbe(editor.probes, pid, 'memory'));
    return {
      residentBytes: median(all.map(({ residentBytes }) => residentBytes)),
      heapBytes: median(all.map(({ heapBytes }) => heapBytes)),
    };
  } finally {
    await workbench.close();
  }
}
