import assert from 'node:assert/strict';
import type { RunnerHome } from '../support/runnerHome.ts';
import { patienceMs } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import { useWorkbench } from './support/useWorkbench.ts';
import type { Workbench } from './support/workbench.ts';

const permission = { permission: { tool: 'Bash', command: 'npm test' }, always: true };

describe('what the window tells of agents', () => {
  const stage = useWorkbench({
    settings: { 'panopticon.attention.delaySeconds': 0, 'panopticon.attention.everySeconds': 0 },
    prepare: (home) => home.addProject('MIN'),
  });

  /** Starts an agent that does this. */
  async function start(...steps: Record<string, unknown>[]): Promise<string> {
    const { home } = stage();
    home.script([steps]);
    const id = await home.issue('Rate-limit login');
    await home.json(['work', 'issue', id, '--runtime', 'rehearsal', '--mode', 'ask']);
    return id;
  }

  it('is a notification whose Allow lets the agent go on', async () => {
    const { home, workbench } = stage();
    await connected(workbench, 'no agent works');
    const id = await start(permission, { say: 'tested' });
    const text = `${id} (rehearsal) wants to run: npm test`;
    assert.deepEqual(await workbench.notifications.buttons(text), ['Allow', 'Deny', 'Open']);
    await workbench.screenshot('notification');
    assert.match(await workbench.statusBar.ariaLabel('1 needs you'), /^Panopticon: 1 needs you/);
    await workbench.notifications.press(text, 'Allow');
    await home.agent(id, 'idle');
    await workbench.statusBar.item(`Allowed: npm test (${id})`).waitFor();
    await gone(workbench, /needs you/);
    await home.json(['work', 'done', id]);
  });

  it('says what became of a request whose button came too late', async () => {
    const { home, workbench } = stage();
    const id = await start(permission, { say: 'tested' });
    const text = `${id} (rehearsal) wants to run: npm test`;
    await workbench.notifications.shown(text);
    home.press(id, 'Enter');
    await home.agent(id, 'idle');
    await workbench.notifications.press(text, 'Allow');
    const over = 'That request has gone: it was answered in the terminal at ';
    await workbench.notifications.shown(over);
    await workbench.notifications.close(over);
    await home.json(['work', 'done', id]);
  });

  it('shows what an agent says as text, whatever it looks like', async () => {
    const { home, workbench } = stage();
    const hostile = '[Yes](command:workbench.action.closeWindow) ![x](http://127.0.0.1/x.png) <b>now</b>?';
    const id = await start({ question: { text: hostile, options: ['a', 'b'] } });
    await workbench.notifications.shown(`${id} (rehearsal) asks`);
    const [shown = ''] = await workbench.notifications.texts();
    assert.equal(shown.replaceAll('\u200b', ''), `${id} (rehearsal) asks: ${hostile}`);
    assert.equal(await workbench.page.locator('.notification-toast .notification-list-item-message a').count(), 0);
    assert.equal(await workbench.page.locator('.notification-toast img').count(), 0);
    await workbench.notifications.press(`${id} (rehearsal) asks`, 'b');
    await home.agent(id, 'idle');
    await home.json(['work', 'done', id]);
  });

  it('waits while notifications are paused', async () => {
    const { home, workbench } = stage();
    await workbench.run('Panopticon: Pause Notifications...');
    await workbench.quickInput.pick('Until I Resume');
    await workbench.statusBar.item('Notifications are paused until you resume them.').waitFor();
    await workbench.page.locator('.statusbar-item .codicon-bell-slash').first().waitFor();
    const id = await start(permission);
    await home.agent(id, 'waiting');
    await workbench.statusBar.item('1 needs you').waitFor();
    await workbench.run('Panopticon: Resume Notifications');
    await workbench.notifications.shown('While notifications were paused: 1 needs you');
    await workbench.notifications.press('While notifications were paused', 'Show');
    await workbench
      .tree('Agents')
      .row(new RegExp(`^${id}`))
      .waitFor();
    await answered(home, id);
  });

  // Last: the server keeps a window's extension host for a while after its page was closed.
  it('is in one of two windows only', async () => {
    const { home, openWindow, workbench } = stage();
    const second = await openWindow(home.repository.path);
    await connected(second, 'no agent works');
    const id = await start(permission);
    const text = `${id} (rehearsal) wants to run: npm test`;
    const texts = async () => [await workbench.notifications.texts(), await second.notifications.texts()].flat();
    await waitFor(async () => ((await texts()).includes(text) ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the notification',
    });
    const seen = await texts();
    await answered(home, id);
    assert.deepEqual(seen, [text]);
  });
});

/** Waits until the window knows how agents are: what happens before that is summed up, not announced. */
async function connected(workbench: Workbench, says: string): Promise<void> {
  await workbench.page.locator(`.statusbar-item[aria-label^="Panopticon: ${says}"]`).first().waitFor();
}

async function answered(home: RunnerHome, id: string): Promise<void> {
  await home.json(['work', 'answer', id, 'deny']);
  await home.json(['work', 'done', id]);
}

async function gone(workbench: Workbench, text: RegExp): Promise<void> {
  await waitFor(async () => ((await workbench.statusBar.texts()).some((each) => text.test(each)) ? undefined : true), {
    timeoutMs: patienceMs,
    what: `${text} to leave the status bar`,
  });
}
