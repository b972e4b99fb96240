import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Agent } from '../../runner/protocol/models.ts';
import type { RunnerHome } from '../support/runnerHome.ts';
import { type EndedAgent, writeAgents } from '../support/writeAgents.ts';
import type { Tree } from './support/tree.ts';
import { useWorkbench } from './support/useWorkbench.ts';

/** With the two that run: 200. */
const counts = { finished: 134, crashed: 64 };
const firstFinished = 3;
const minuteMs = 60_000;

describe('a window with 200 agents', () => {
  const stage = useWorkbench({ prepare: play });

  it('shows 50 rows of a group, and everyone who needs a person', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    const agents = await workbench.tree('Agents').shown();
    await agents.row('Needs you').waitFor();
    const labels = await agents.everyLabel();
    assert.equal(labels[0], 'Needs you');
    assert.equal(crashedOf(labels).length, counts.crashed);
    assert.deepEqual(labels.slice(counts.crashed + 2), ['Working', 'MIN-2 Dark mode', 'Finished']);
    await agents.expand('Finished');
    assert.deepEqual(under('Finished', await agents.everyLabel()), [...finished(0, 50), 'Show 84 More']);
    await workbench.screenshot('crowd');
  });

  it('shows the others when asked, and goes on at the first of them', async () => {
    const { workbench } = stage();
    const agents = workbench.tree('Agents');
    await agents.press('Show 84 More', 'Enter');
    const [first = ''] = finished(50, 51);
    await agents.row(first).and(workbench.page.locator('.focused')).waitFor();
    await workbench.screenshot('crowd-more');
    assert.deepEqual(under('Finished', await agents.everyLabel()), finished(0, counts.finished));
  });

  it('keeps what is selected, unfolded and in sight when the runner is replaced', async () => {
    const { workbench, home } = stage();
    const agents = workbench.tree('Agents');
    const [chosen = ''] = finished(125, 126);
    await agents.everyLabel();
    await agents.click(chosen);
    await selected(agents, chosen).waitFor();
    const inSight = await agents.labels();
    await home.pan(['daemon', 'restart']);
    await home.json(['work', 'answer', 'MIN-1', 'allow']);
    await workbench.statusBar.item(`2 working, ${counts.crashed} need you`).waitFor();
    await selected(agents, chosen).waitFor();
    assert.deepEqual(await agents.labels(), inSight);
    const labels = await agents.everyLabel();
    assert.equal(crashedOf(labels).length, counts.crashed);
    assert.deepEqual(under('Finished', labels), finished(0, counts.finished));
  });
});

/** Two that run, one of which asks, and those whose files are all that is left of them. */
async function play(home: RunnerHome): Promise<void> {
  await home.addProject('MIN');
  await start(home, 'Rate-limit login', 'waiting', [
    { permission: { tool: 'Bash', command: 'npm test' } },
    { hang: true },
  ]);
  await start(home, 'Dark mode', 'working', [{ run: ['sleep', '600'] }]);
  const now = Date.now();
  const write = (first: number, count: number, endingOf: (index: number) => EndedAgent['ending']) =>
    writeAgents(
      home,
      Array.from({ length: count }, (_, index) => ({
        issueId: `MIN-${first + index}`,
        title: titleOf(first + index),
        ending: endingOf(index),
        endedAt: new Date(now - (index + 1) * minuteMs),
      })),
    );
  await write(firstFinished, counts.finished, (index) => (index % 2 === 0 ? 'done' : 'killed'));
  await write(firstFinished + counts.finished, counts.crashed, () => 'crashed');
}

async function start(
  home: RunnerHome,
  title: string,
  status: Agent['status'],
  steps: Record<string, unknown>[],
): Promise<void> {
  home.script([steps]);
  const id = await home.issue(title);
  await home.json(['work', 'issue', id, '--runtime', 'rehearsal', '--mode', 'ask']);
  await home.agent(id, status);
}

function titleOf(number: number): string {
  return `Part ${number}`;
}

/** Labels of those that have finished, newest first. */
function finished(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => firstFinished + from + index).map(
    (number) => `MIN-${number} ${titleOf(number)}`,
  );
}

function crashedOf(labels: readonly string[]): string[] {
  return labels.filter((label) => label.endsWith(' Crashed'));
}

/** The labels below the last row of the top. */
function under(group: string, labels: readonly string[]): string[] {
  return labels.slice(labels.indexOf(group) + 1);
}

function selected(agents: Tree, label: string): Locator {
  return agents.row(label).and(agents.pane.page().locator('[aria-selected=true]'));
}
