import assert from 'node:assert/strict';
import type { App } from '../../../../extension/src/app.ts';
import type * as pushing from '../../../../extension/src/commands/hook/push.ts';
import type * as creating from '../../../../extension/src/commands/issue/create.ts';
import { anAgent, anIssue } from '../../cli/models.ts';
import { loadParts, partsOf, runnerWith } from '../support/loadParts.ts';
import { Shown } from '../support/standIns.ts';

const agent = anAgent({ id: 'agent-min-1', issueId: 'MIN-1' });

/** A window whose runner refuses to take anything while it `fails`. */
function aWindow() {
  const kept = new Map<string, unknown>();
  const runner = { fails: false };
  const take = (answer: unknown) => async () => {
    if (runner.fails) throw new Error('The runner ended.');
    return answer;
  };
  const memento = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  const app = partsOf({
    context: { workspaceState: memento },
    fleet: { all: () => [agent], refresh: async () => {} },
    projects: { ofWindow: () => [] },
    views: { revealIssue: async () => {} },
    runner: runnerWith({
      agents: { list: async () => [agent] },
      hooks: { push: take({ id: 'i' }), check: async () => [] },
      issues: { create: take(anIssue()) },
      projects: { list: async () => [] },
    }),
  });
  return { app, runner };
}

describe('what was written', () => {
  const shown = new Shown();
  const { hookPush } = loadParts<typeof pushing>(shown.vscode, 'commands/hook/push.ts');
  const { issueCreate } = loadParts<typeof creating>(shown.vscode, 'commands/issue/create.ts');
  const queue = async (app: App): Promise<void> => hookPush.run(app, { issueId: 'MIN-1' });

  /** What stands in the field when the command asks again. */
  async function asksAgain(run: () => Promise<void>): Promise<string> {
    const running = run();
    const box = await shown.input();
    box.hide();
    await running;
    return box.value;
  }

  it('to be queued is there again until it is queued, and a click elsewhere leaves no step', async () => {
    const { app, runner } = aWindow();
    const left = queue(app);
    const box = await shown.input();
    box.type('Rebase');
    box.enter();
    await new Promise(setImmediate);
    const priorities = await shown.input();
    assert.ok(priorities.ignoreFocusOut);
    priorities.hide();
    await left;
    assert.equal(await asksAgain(() => queue(app)), 'Rebase');
    for (const fails of [true, false]) {
      runner.fails = fails;
      const running = queue(app);
      (await shown.input()).enter();
      await new Promise(setImmediate);
      (await shown.input()).choose('High');
      await (fails ? assert.rejects(running) : running);
      assert.equal(await asksAgain(() => queue(app)), fails ? 'Rebase' : '');
    }
  });

  it('as the title of an issue is there again until that is created', async () => {
    const { app, runner } = aWindow();
    const create = async (): Promise<void> => issueCreate.run(app);
    for (const fails of [true, false]) {
      runner.fails = fails;
      const running = create();
      const box = await shown.input();
      if (fails) box.type('Draw the limit');
      box.enter();
      await (fails ? assert.rejects(running) : running);
      assert.equal(await asksAgain(create), fails ? 'Draw the limit' : '');
    }
  });
});
