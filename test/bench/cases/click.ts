import type { JSHandle } from 'playwright-core';
import type { Workbench } from '../../e2e/support/workbench.ts';
import { patienceMs, type RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { BenchCase } from '../benchCase.ts';
import { measured } from '../editor/measured.ts';
import { openEditor } from '../editor/openEditor.ts';
import { RowSightings } from '../editor/rowSightings.ts';
import { median } from '../interleave.ts';

const rounds = 15;
const warmUps = 2;
const limitMs = 100;

/**
 * From the click on Start Agent to the row that says that it works, against the same requests to the runner by
 * themselves, in turn. The time that a person takes to choose what to start is not part of it.
 */
export const click: BenchCase = {
  name: 'click',
  async run(homes) {
    const home = await homes.open();
    home.script([[{ hang: true }]]);
    const editor = await openEditor(homes, home);
    const clicks: ClickTimes[] = [];
    const requests: number[] = [];
    try {
      const workbench = await editor.open();
      await workbench.showContainer('Panopticon');
      for (const view of ['Agents', 'Issues']) await workbench.tree(view).shown();
      const presses = await pressesIn(workbench);
      for (let round = 0; round < warmUps + rounds; round += 1) {
        const clicked = await inTurn(home, (id) => startByClick(workbench, presses, id));
        const asked = await inTurn(home, (id) => startByRequest(home, id));
        if (round < warmUps) continue;
        clicks.push(clicked);
        requests.push(asked);
      }
    } finally {
      await editor.stop();
    }
    const medianOf = (part: keyof ClickTimes) => median(clicks.map((each) => each[part]));
    const asked = median(requests);
    return [
      measured({
        what: 'click on Start Agent to its row at work',
        against: 'the same requests to the runner',
        value: medianOf('atWorkMs') - asked,
        limit: limitMs,
        unit: '+ms',
        detail:
          `${medianOf('atWorkMs').toFixed(0)} ms to ${asked.toFixed(0)} ms; ` +
          `the choice is there after ${medianOf('offeredMs').toFixed(0)} ms, the row after ${medianOf('rowMs').toFixed(0)} ms`,
      }),
    ];
  },
};

/** Since the click, in milliseconds. The time between the choice and Enter is left out. */
interface ClickTimes {
  offeredMs: number;
  /** The row is there; it may say that the agent starts. */
  rowMs: number;
  atWorkMs: number;
}

async function inTurn<T>(home: RunnerHome, start: (id: string) => Promise<T>): Promise<T> {
  const runner = await home.runner();
  const { id } = await runner.issues.create({ title: 'Fix timezone drift', cwd: home.repository.path });
  const times = await start(id);
  await runner.agents.kill({ id });
  await home.agent(id, 'stopped');
  // Otherwise the next one would soon be out of sight.
  await runner.issues.close({ id, as: 'canceled' });
  return times;
}

/** What the extension asks for one start. */
async function startByRequest(home: RunnerHome, id: string): Promise<number> {
  const runner = await home.runner();
  const startMs = performance.now();
  await runner.issues.show({ id });
  const { runtimes } = await runner.runtimes.list({ id });
  const runtime = runtimes.find(({ isDefault }) => isDefault)?.name;
  if (runtime === undefined) throw new Error('No runtime is the default.');
  const works = new Promise<number>((resolve, reject) => {
    const stop = runner.onDidChange(({ scope }) => {
      if (scope !== 'agents') return;
      const look = async () => {
        const agent = (await runner.agents.list({})).find(({ issueId }) => issueId === id);
        if (agent?.status !== 'working') return;
        stop();
        resolve(performance.now());
      };
      look().catch(reject);
    });
  });
  await runner.agents.start({ id, runtime });
  return (await works) - startMs;
}

/** When something was pressed, and when rows of a picker were drawn; milliseconds since 1970. */
interface Presses {
  clickedAt: number;
  enteredAt: number;
  offeredAt: number;
}

/** Kept in the page, so that the way to it is not measured. */
function pressesIn(workbench: Workbench): Promise<JSHandle<Presses>> {
  return workbench.page.evaluateHandle(() => {
    const presses: Presses = { clickedAt: 0, enteredAt: 0, offeredAt: 0 };
    addEventListener('mousedown', () => Object.assign(presses, { clickedAt: Date.now(), offeredAt: 0 }), true);
    addEventListener(
      'keydown',
      ({ key }) => key === 'Enter' && Object.assign(presses, { enteredAt: Date.now() }),
      true,
    );
    new MutationObserver(() => {
      const isOffered = document.querySelector('.quick-input-widget:not([style*="none"]) .monaco-list-row') !== null;
      if (presses.offeredAt === 0 && isOffered) presses.offeredAt = Date.now();
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
    return presses;
  });
}

async function startByClick(workbench: Workbench, presses: JSHandle<Presses>, id: string): Promise<ClickTimes> {
  const label = new RegExp(`^${id} `);
  const sightings = await RowSightings.of(workbench.tree('Agents'));
  // A button that is drawn anew between the press and the release of the mouse is not clicked, here as for a person.
  await workbench.tree('Issues').settled();
  await workbench.tree('Issues').pressAction(label, 'Start Agent...');
  await workbench.quickInput.shown(`Start Agent on ${id}`);
  await workbench.quickInput.rows();
  await workbench.quickInput.accept();
  const rows = await waitFor(
    async () => {
      const own = (await sightings.all()).filter((each) => label.test(each.label));
      const atWork = own.find(({ icon }) => icon.includes('codicon-pulse'));
      return atWork === undefined ? undefined : { first: own[0] ?? atWork, atWork };
    },
    { timeoutMs: patienceMs, what: `${id} to show that it works` },
  );
  const { clickedAt, enteredAt, offeredAt } = await presses.jsonValue();
  const offeredMs = offeredAt - clickedAt;
  return {
    offeredMs,
    rowMs: offeredMs + rows.first.at - enteredAt,
    atWorkMs: offeredMs + rows.atWork.at - enteredAt,
  };
}
