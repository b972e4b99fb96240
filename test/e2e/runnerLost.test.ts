import assert from 'node:assert/strict';
import type { RunnerHome } from '../support/runnerHome.ts';
import { patienceMs } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import type { Tree } from './support/tree.ts';
import { useWorkbench } from './support/useWorkbench.ts';
import { watchRows } from './support/watchRows.ts';

describe('a window whose runner goes away', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      await start(home, 'Rate-limit login', 'waiting', [
        { permission: { tool: 'Bash', command: 'npm test' } },
        { hang: true },
      ]);
      await start(home, 'Dark mode', 'working', [{ run: ['sleep', '600'] }]);
      const over = await start(home, 'Invite flow', 'idle', [{ say: 'Done.' }]);
      await home.json(['work', 'done', over]);
    },
  });

  it('keeps every row when the runner is killed, and soon shows what is new', async () => {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    const agents = await workbench.tree('Agents').shown();
    await agents.expand('Finished');
    await agents.row('MIN-3 Invite flow').waitFor();
    await agents.click('MIN-2 Dark mode');
    const before = await labels(agents);

    const watch = await watchRows(agents);
    const [killed] = await killDaemon(home);
    const successor = async () => (await home.daemons()).find((pid) => pid !== killed);
    await waitFor(successor, { timeoutMs: patienceMs, what: 'the window to start another runner' });
    await workbench.statusBar.item('1 working, 1 needs you').waitFor();
    assert.deepEqual(await watch.missing(before), []);
    assert.deepEqual(await labels(agents), before);

    await home.json(['work', 'answer', 'MIN-1', 'allow']);
    await agents.row('MIN-1 Rate-limit login').waitFor();
    await workbench.statusBar.item('2 working').waitFor();
    const selected = workbench.page.locator('[aria-selected=true]');
    await agents.row('MIN-2 Dark mode').and(selected).waitFor();
  });

  it('leaves a runner down that was stopped, says so in every window, and starts it at a click', async () => {
    const { workbench, home, openWindow } = stage();
    const agents = await workbench.tree('Agents').shown();
    const watch = await watchRows(agents);
    await home.pan(['down']);
    const says = ['The runner was stopped. Your agents keep working.', 'Start Runner'];
    await agents.pane.locator('.welcome-view-content').waitFor();
    assert.deepEqual(await agents.welcome(), says);
    assert.deepEqual(await watch.missing(['MIN-2 Dark mode']), ['MIN-2 Dark mode']);
    await workbench.statusBar.item('Runner stopped').waitFor();
    await workbench.screenshot('runner-down');

    const second = await openWindow(home.repository.path);
    await second.showContainer('Panopticon');
    assert.deepEqual(await (await second.tree('Agents').shown()).welcome(), says);
    assert.deepEqual(await home.daemons(), []);

    await second.tree('Agents').pressWelcome('Start Runner');
    await second.notifications.shown('Runner started.');
    for (const window of [workbench, second]) {
      await window.tree('Agents').row('MIN-2 Dark mode').waitFor();
      await window.statusBar.item(/\d working/).waitFor();
    }
    await second.close();
  });
});

async function start(
  home: RunnerHome,
  title: string,
  status: string,
  steps: Record<string, unknown>[],
): Promise<string> {
  home.script([steps]);
  const id = await home.issue(title);
  await home.json(['work', 'issue', id, '--runtime', 'rehearsal', '--mode', 'ask']);
  await home.agent(id, (agent) => agent.status === status);
  return id;
}

/** As a crash does. */
async function killDaemon(home: RunnerHome): Promise<number[]> {
  const pids = await home.daemons();
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids;
}

async function labels(tree: Tree): Promise<string[]> {
  return (await tree.rows()).map(({ label, isExpanded }) => `${label}${isExpanded === false ? ' (folded)' : ''}`);
}
