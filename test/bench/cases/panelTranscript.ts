import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import type { Workbench } from '../../e2e/support/workbench.ts';
import type { RunnerHome } from '../../support/runnerHome.ts';
import type { BenchCase } from '../benchCase.ts';
import { startAgents } from '../benchHomes.ts';
import { measured } from '../editor/measured.ts';
import { openEditor } from '../editor/openEditor.ts';
import { median } from '../interleave.ts';

const transcriptBytes = 50_000_000;
const rounds = 7;
const warmUps = 1;
const limitMs = 1_000;
/** With the header, the tabs and the fields. */
const nodeLimit = 1_500;

/** From the click on an agent with a long conversation to the end of that conversation on the screen. */
export const panelTranscript: BenchCase = {
  name: 'panel-transcript',
  async run(homes) {
    const home = await homes.open();
    await startAgents(home, 2);
    const last = lengthen(transcriptOf(home, 'MIN-1'));
    const editor = await openEditor(homes, home);
    const times: Record<'long' | 'short', number[]> = { long: [], short: [] };
    const nodes: number[] = [];
    try {
      const workbench = await editor.open();
      await workbench.showContainer('Panopticon');
      await workbench.tree('Agents').shown();
      for (let round = 0; round < warmUps + rounds; round += 1) {
        const short = await openPanel(workbench, 'MIN-2', 'Ready.');
        const long = await openPanel(workbench, 'MIN-1', last);
        if (round < warmUps) continue;
        times.short.push(short.timeMs);
        times.long.push(long.timeMs);
        nodes.push(long.nodes);
      }
    } finally {
      await editor.stop();
    }
    return [
      measured({
        what: 'click on an agent to the end of its conversation of 50 MB',
        against: 'nothing',
        value: median(times.long),
        limit: limitMs,
        unit: 'ms',
        detail: `longest ${Math.max(...times.long)} ms; a conversation of two lines ${median(times.short).toFixed(0)} ms`,
      }),
      measured({
        what: 'nodes of the panel with it',
        against: 'nothing',
        value: Math.max(...nodes),
        limit: nodeLimit,
        unit: 'nodes',
        detail: 'elements in all shadow trees',
      }),
    ];
  },
};

function transcriptOf(home: RunnerHome, issueId: string): string {
  const state: unknown = JSON.parse(readFileSync(home.paths.agent(agentIdOf(issueId)).state, 'utf8'));
  if (typeof state === 'object' && state !== null && 'transcript' in state && typeof state.transcript === 'string') {
    return state.transcript;
  }
  throw new Error(`${issueId} has no transcript.`);
}

/** Adds messages as the rehearsal writes them. @returns the text of the last one */
function lengthen(file: string): string {
  const text = 'I looked at how the limit is counted, and at what the tests say of it. '.repeat(5);
  const lineOf = (role: string, words: string) =>
    `${JSON.stringify({ at: new Date().toISOString(), role, text: words })}\n`;
  const block = ['user', 'assistant', 'tool'].map((role) => lineOf(role, text)).join('');
  const last = 'This is the last message.';
  const handle = openSync(file, 'a');
  try {
    const many = block.repeat(100);
    for (let size = 0; size < transcriptBytes; size += many.length) writeSync(handle, many);
    writeSync(handle, lineOf('assistant', last));
  } finally {
    closeSync(handle);
  }
  return last;
}

/** In a panel of its own, which is closed again. */
async function openPanel(workbench: Workbench, id: string, text: string): Promise<{ timeMs: number; nodes: number }> {
  const clicked = await workbench.page.evaluateHandle(() => {
    const times = { at: 0 };
    addEventListener('mousedown', () => Object.assign(times, { at: Date.now() }), { capture: true, once: true });
    return times;
  });
  const name = new RegExp(`^${id} `);
  await workbench.tree('Agents').click(name);
  await workbench.tab(name).waitFor();
  const view = await workbench.webview();
  await view.locator('pan-transcript-row').getByText(text).waitFor();
  const shownAt = Date.now();
  const nodes = await view.locator('body').evaluate((body) => {
    let found = 0;
    const roots: (Element | ShadowRoot)[] = [body];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        found += 1;
        if (element.shadowRoot !== null) roots.push(element.shadowRoot);
      }
    }
    return found;
  });
  await workbench.closeEditors();
  return { timeMs: shownAt - (await clicked.jsonValue()).at, nodes };
}
