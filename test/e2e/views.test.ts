import assert from 'node:assert/strict';
import { ulid } from 'ulid';
import type { RunnerHome } from '../support/runnerHome.ts';
import { patienceMs } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import type { Tree, TreeRow } from './support/tree.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const link = '[x](command:workbench.action.toggleSidebarVisibility) www.example.com';

/** One agent in each state that a rehearsal can come to, and more issues than a page holds. */
async function play(home: RunnerHome): Promise<void> {
  await home.addProject('MIN');
  const start = async (title: string, status: string, steps: Record<string, unknown>[]): Promise<string> => {
    home.script([steps]);
    const id = await home.issue(title);
    await home.json(['work', 'issue', id, '--runtime', 'rehearsal', '--mode', 'ask']);
    await home.agent(id, (agent) => agent.status === status);
    return id;
  };
  await start('Rate-limit login', 'waiting', [
    { edit: { path: 'src/limit.ts', text: 'export const limit = 5;\n' } },
    { commit: 'Limit logins' },
    { edit: { path: 'readme.md', text: '# Limits\n' } },
    { permission: { tool: 'Bash', command: 'npm test' } },
    { hang: true },
  ]);
  await start('Export to CSV', 'waiting', [{ question: { text: 'Keep the BOM?', options: ['Yes', 'No'] } }]);
  await start('Fix timezone drift', 'crashed', [{ crash: 3 }]);
  await start('Dark mode', 'working', [{ run: ['sleep', '600'] }]);
  await start(`$(zap) ${link}\u202egnp`, 'working', [{ say: 'Reading.' }, { hang: true }]);
  await start('Billing webhooks', 'parked', [{ usageLimit: { minutes: 90 } }]);
  await start('Invite flow', 'idle', [{ say: 'Done.' }]);
  const over = await start('Password reset', 'idle', [{ say: 'Done.' }]);
  await home.json(['work', 'done', over]);
  const runner = await home.runner();
  const { path: cwd } = home.repository;
  await runner.issues.create({
    cwd,
    title: 'Reduce bundle',
    labels: ['speed'],
    priority: 'high',
    body: `Click ${link}.`,
  });
  for (let count = 1; count <= 24; count++) await runner.issues.create({ cwd, title: `Small matter ${count}` });
}

describe('the views', () => {
  const stage = useWorkbench({ prepare: play, settings: { 'panopticon.issues.pageSize': 10 } });
  const tree = (view: string): Tree => stage().workbench.tree(view);
  /** The rows of a view once they are as wanted. */
  const rowsOf = async (view: string, wanted: (rows: TreeRow[]) => boolean): Promise<TreeRow[]> => {
    let last: TreeRow[] = [];
    const probe = async () => {
      last = await tree(view).rows();
      return wanted(last) ? last : undefined;
    };
    return waitFor(probe, { timeoutMs: patienceMs, what: `${view} to be as wanted` }).catch((cause: unknown) => {
      throw new Error(JSON.stringify(last.map(({ label, description }) => [label, description])), { cause });
    });
  };
  const has = (label: string, description?: string) => (rows: TreeRow[]) =>
    rows.some((row) => row.label === label && (description === undefined || row.description === description));

  it('show the agents by what they need', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await tree('Agents').shown();
    await rowsOf('Agents', has('Finished', '1'));
    const rows = await tree('Agents').rows();
    // How long ago, a clock on the wall says.
    const steady = rows.map(({ label, description, icon }) => [label, description.replace(/(<1|\d+)m/, 'now'), icon]);
    const parked = steady.splice(8, 1)[0];
    assert.match(String(parked?.[1]), /^rehearsal · until (\w{3} )?\d\d:\d\d · usage limit$/);
    assert.deepEqual(steady, [
      ['Needs you', '3', ''],
      ['MIN-1 Allow npm test?', 'rehearsal · now · Rate-limit login', 'shield'],
      ['MIN-2 Keep the BOM?', 'rehearsal · now · Export to CSV', 'question'],
      ['MIN-3 Crashed', 'rehearsal · Fix timezone drift', 'error'],
      ['Working', '2', ''],
      ['MIN-4 Dark mode', 'rehearsal · sleep 600 · now', 'pulse'],
      [`MIN-5 $(zap) ${link}gnp`, 'rehearsal · reading its task · now', 'pulse'],
      ['Parked', '1', ''],
      ['Idle', '1', ''],
      ['MIN-7 Invite flow', 'rehearsal · now · hook empty', 'circle-outline'],
      ['Finished', '1', ''],
    ]);
    await waitFor(async () => ((await workbench.badge('Panopticon')) === '3' ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the badge to say 3',
    });
    assert.equal(await tree('Agents').description(), '2 working');
  });

  it('tell more of an agent under the pointer, and let no text of it become a link', async () => {
    const { workbench } = stage();
    const hover = workbench.page.locator('.workbench-hover');
    // A row that is drawn anew loses its tooltip until the pointer moves again.
    const showing = (label: RegExp, words: string) => {
      const probe = async () => {
        await workbench.page.mouse.move(900, 500);
        await tree('Agents').row(label).hover();
        const shown = hover.getByText(words, { exact: true });
        return shown.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => undefined,
        );
      };
      return waitFor(probe, { timeoutMs: patienceMs, what: `a tooltip that says ${words}` });
    };
    await showing(/^MIN-5/, 'Working');
    const links = await hover.locator('a').evaluateAll((found) => found.map((each) => each.textContent));
    assert.deepEqual(links, ['Open', 'Changes', 'Why', 'Attach']);
    await workbench.screenshot('tooltip');
    await showing(/^MIN-1 /, 'Waiting for you');
    await workbench.screenshot('tooltip-ask');
    await workbench.page.keyboard.press('Escape');
  });

  it('load the issues of a state page by page, and go on at the first new one', async () => {
    const issues = tree('Issues');
    await issues.shown();
    await rowsOf('Issues', has('Todo', '25'));
    await tree('Agents').folded();
    await rowsOf('Issues', has('Load 10 More', '10 of 25'));
    assert.deepEqual(
      (await issues.rows()).find(({ label }) => label.startsWith('MIN-9 ')),
      {
        label: 'MIN-9 Reduce bundle',
        description: 'high · speed',
        icon: 'issues',
        ariaLabel: 'MIN-9, Reduce bundle, todo, high priority, 1 label: speed',
        level: 2,
        isExpanded: undefined,
      },
    );
    await issues.press('Load 10 More', 'Enter');
    await rowsOf('Issues', has('Load 5 More', '20 of 25'));
    const selected = stage().workbench.page.locator('[role=treeitem][aria-selected=true]');
    await selected.filter({ hasText: /Small matter/ }).waitFor();
    await stage().workbench.screenshot('issues');
    await tree('Agents').shown();
  });

  it('show an issue as a page whose links run no command', async () => {
    const { workbench } = stage();
    await tree('Issues').click('MIN-9 Reduce bundle');
    const page = await workbench.webview();
    await page.getByText('Click').waitFor();
    await workbench.screenshot('issue');
    await page.getByText('x', { exact: true }).click();
    await workbench.closeEditors();
    assert.equal(await tree('Issues').pane.isVisible(), true);
  });

  it('list the changed files of a workspace, and show what became of one', async () => {
    const { workbench } = stage();
    const workspaces = await tree('Workspaces').shown();
    await workspaces.expand('min-1');
    const rows = await rowsOf('Workspaces', has('readme.md'));
    assert.deepEqual(
      rows.slice(0, 3).map(({ label, description, ariaLabel }) => [label, description, ariaLabel]),
      [
        [
          'min-1',
          '↑1 · 1 file · rehearsal · Rate-limit login',
          'Workspace min-1, 1 commit ahead, 1 changed file, rehearsal waiting, Rate-limit login',
        ],
        ['readme.md', '', 'readme.md, modified'],
        ['limit.ts', 'src', 'limit.ts, added, in src'],
      ],
    );
    await workspaces.click('readme.md');
    await workbench.tab('MIN-1 · rehearsal ↔ main: readme.md').waitFor();
    await workbench.page.locator('.diff-hidden-lines, .editor.modified .view-line').first().waitFor();
    await workbench.screenshot('file-change');
    await workbench.closeEditors();
  });

  it('open the row that is clicked, also while it is drawn anew', async () => {
    const { workbench, home } = stage();
    const runner = await home.runner();
    let isOver = false;
    const restless = (async () => {
      for (let count = 1; !isOver; count += 1) {
        const { id: itemId } = await runner.hooks.push({ id: 'MIN-7', itemId: ulid(), text: `Look again ${count}` });
        await runner.hooks.drop({ id: 'MIN-7', itemId });
      }
    })();
    for (let turn = 0; turn < 5; turn += 1) {
      for (const id of ['MIN-7', 'MIN-4']) {
        await tree('Agents')
          .row(new RegExp(`^${id} `))
          .click();
        await workbench.tab(`${id} · rehearsal`).waitFor();
      }
    }
    isOver = true;
    await restless;
    await workbench.closeEditors();
  });

  it('keep what is selected and unfolded while rows move and the runner is replaced', async () => {
    const { home } = stage();
    const agents = tree('Agents');
    await agents.expand('Finished');
    await agents.row(/^MIN-1 /).click();
    await home.json(['work', 'answer', 'MIN-1', 'allow']);
    const rows = await rowsOf('Agents', (all) => has('Needs you', '2')(all) && has('MIN-1 Rate-limit login')(all));
    assert.ok(has('Working', '3')(rows));
    await agents
      .row(/^MIN-1 /)
      .and(stage().workbench.page.locator('[aria-selected=true]'))
      .waitFor();
    await home.pan(['daemon', 'restart']);
    await home.json(['work', 'kill', 'MIN-4']);
    await rowsOf('Agents', has('Finished', '2'));
    assert.deepEqual(
      (await agents.rows())
        .filter(({ isExpanded }) => isExpanded !== undefined)
        .map(({ label, isExpanded }) => [label, isExpanded]),
      ['Needs you', 'Working', 'Parked', 'Idle', 'Finished'].map((label) => [label, true]),
    );
    await agents
      .row(/^MIN-1 /)
      .and(stage().workbench.page.locator('[aria-selected=true]'))
      .waitFor();
    assert.equal((await tree('Workspaces').rows())[0]?.isExpanded, true);
  });

  for (const theme of ['light', 'hc', 'dark'] as const) {
    it(`can be read in the theme ${theme}`, async () => {
      const { workbench } = stage();
      await workbench.setTheme(theme);
      await tree('Agents')
        .row(/^MIN-2 /)
        .hover();
      await workbench.screenshot('views');
    });
  }

  it('never say that there is nothing before they know', async () => {
    const { workbench, openWindow, home } = stage();
    await workbench.page.context().addInitScript({ content: `(${rememberWelcomes})()` });
    const second = await openWindow(home.repository.path);
    await second.showContainer('Panopticon');
    for (const view of ['Agents', 'Issues', 'Workspaces']) {
      const { pane } = await second.tree(view).shown();
      await pane.getByRole('treeitem').first().waitFor();
    }
    const said: string[] = await second.page.evaluate('[...saidWelcomes]');
    assert.deepEqual(
      said.filter((text) => !/^(Starting|Connecting)/.test(text)),
      [],
    );
    await second.close();
  });
});

/** Runs in the page: every text of a view without rows, at whatever moment it was there. */
function rememberWelcomes(): void {
  const said = new Set<string>();
  Object.assign(globalThis, { saidWelcomes: said });
  new MutationObserver(() => {
    for (const each of document.querySelectorAll('.welcome-view-content')) {
      const text = each.textContent?.trim() ?? '';
      if (each.checkVisibility() && text !== '') said.add(text);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}
