import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { protocolVersion } from '../../runner/protocol/requests.ts';
import { holdCheckouts } from '../support/heldCheckout.ts';
import { panProgram } from '../support/pan.ts';
import { killOne, type RunnerHome } from '../support/runnerHome.ts';
import { type Shown, takePictures } from './support/gallery.ts';
import { useWorkbench } from './support/useWorkbench.ts';
import type { Workbench } from './support/workbench.ts';

const take = (workbench: Workbench, name: string, shown?: Shown) => takePictures(workbench, `gallery-${name}`, shown);

/** In every theme, into `.cache/pictures/`: to be looked at. What a machine can tell of them is asserted. */
describe('the gallery of troubles', function () {
  this.timeout(180_000);

  const stage = useWorkbench({
    prepare: makeTroubles,
    hasSystemColors: true,
    settings: { 'panopticon.issues.pageSize': 10, 'panopticon.attention.crashed': 'off' },
  });

  before(async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    for (const view of ['Agents', 'Issues', 'Workspaces']) await workbench.tree(view).shown();
  });

  it('shows broken workspaces, a broken issue, and that there are more', async () => {
    const { workbench, home } = stage();
    for (const id of ['min-1', 'min-2', 'min-3']) await workbench.tree('Workspaces').row(id).waitFor();
    await take(workbench, 'broken-workspaces');
    await workbench.tree('Workspaces').folded();
    await workbench.tree('Issues').row('MIN-90 cannot be read').waitFor();
    await workbench.tree('Issues').row('Load 4 More').waitFor();
    await take(workbench, 'broken-issue');
    rmSync(brokenIssue(home));
    await workbench.tree('Issues').row('MIN-90 cannot be read').waitFor({ state: 'detached' });
  });

  it('shows what can be restored', async () => {
    const { workbench, home } = stage();
    writeFileSync(path.join(workspaceOf(home, 'MIN-4'), 'limit.ts'), 'export const limit = 5;\n');
    await home.json(['workspace', 'destroy', 'MIN-4', '--force']);
    await workbench.run('Panopticon: Restore Rescued Work...');
    await workbench.quickInput.shown('Restore Rescued Work');
    await workbench.quickInput.rows();
    await take(workbench, 'rescues', { open: [workbench.quickInput.widget] });
    await workbench.quickInput.cancel();
  });

  it('shows what a filter leaves when nothing matches', async () => {
    const { workbench } = stage();
    const issues = workbench.tree('Issues');
    await issues.pressTitleAction('Filter Issues...');
    await workbench.quickInput.shown('Filter Issues');
    await workbench.quickInput.pick('Planning');
    await workbench.quickInput.accept();
    await issues.pane.locator('.welcome-view-content').getByText('Nothing matches the filter.').waitFor();
    await take(workbench, 'welcome-filtered');
    await issues.pressWelcome('Clear Filter');
  });

  it('shows an agent that starts', async () => {
    const { workbench, home } = stage();
    const held = holdCheckouts(home.repository, home.folder);
    const runner = await home.runner();
    const started = runner.agents.start({ id: 'MIN-5', runtime: 'rehearsal' });
    await held.begun();
    const row = workbench.tree('Agents').row(/^MIN-5 /);
    await row.locator('.codicon-loading').waitFor();
    await take(workbench, 'starting');
    held.release();
    await started;
    await home.agent('MIN-5', 'idle');
  });

  it('shows agents of whom nothing is known while tmux does not answer', async () => {
    const { workbench, home } = stage();
    const server = Number(home.tmux('display-message', '-p', '#{pid}'));
    const watching = home.tmux('list-clients', '-F', '#{client_pid}').trim().split('\n').map(Number);
    process.kill(server, 'SIGSTOP');
    try {
      // Whoever watches the panes is to ask again, and gets no answer.
      for (const pid of watching) process.kill(pid, 'SIGKILL');
      const row = workbench.tree('Agents').row(/^MIN-5 /);
      await row.locator('.codicon-eye-closed').waitFor({ timeout: 60_000 });
      await take(workbench, 'unknown');
    } finally {
      process.kill(server, 'SIGCONT');
    }
  });

  it('shows that the runner is lost', async () => {
    const { workbench, home } = stage();
    const aside = `${home.home}-aside`;
    const daemons = await home.daemons();
    // A file where its folder has to be: no other can start.
    renameSync(home.home, aside);
    writeFileSync(home.home, '');
    try {
      for (const pid of daemons) killOne(pid);
      const toast = workbench.page.locator('.notification-toast').filter({ hasText: 'Panopticon lost its runner.' });
      await toast.waitFor();
      await take(workbench, 'notice-lost', { open: [toast] });
    } finally {
      rmSync(home.home, { recursive: true });
      renameSync(aside, home.home);
    }
  });
});

describe('the gallery of a runner that is newer', function () {
  this.timeout(120_000);

  let newer: number[] = [];
  // Before its home ends.
  after(() => {
    for (const pid of newer) killOne(pid);
  });

  const stage = useWorkbench({
    hasSystemColors: true,
    prepare: async (home) => {
      const dist = path.join(home.folder, 'newer');
      cpSync(path.dirname(panProgram), dist, { recursive: true });
      const script = path.join(dist, 'runner.js');
      writeFileSync(script, readFileSync(script, 'utf8').replaceAll(`"${protocolVersion}"`, '"2.0"'));
      await home.connect(script).catch(() => undefined);
      newer = await home.processes();
    },
  });

  it('shows that the extension is to be updated', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    const agents = await workbench.tree('Agents').shown();
    await agents.pane.locator('.welcome-view-content').getByText('A newer Panopticon is running').waitFor();
    await take(workbench, 'welcome-outdated');
  });
});

describe('the gallery of a machine without tmux', function () {
  this.timeout(120_000);

  const programs = path.resolve('.cache/programs-without-tmux');
  const stage = useWorkbench({
    hasSystemColors: true,
    env: { PATH: programs },
    prepare: async (home) => {
      // VS Code asks the person's shell for it.
      writeFileSync(path.join(home.userHome, '.profile'), `export PATH='${programs}'\n`);
      rmSync(programs, { recursive: true, force: true });
      mkdirSync(programs, { recursive: true });
      const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => existsSync(folder));
      for (const folder of folders) linkAllBut('tmux', folder, programs);
    },
  });

  after(() => rmSync(programs, { recursive: true, force: true }));

  it('shows how to install it', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    const agents = await workbench.tree('Agents').shown();
    await agents.pane.locator('.welcome-view-content').getByText('tmux, which was not found').waitFor();
    await take(workbench, 'welcome-tmux');
  });
});

async function makeTroubles(home: RunnerHome): Promise<void> {
  await home.addProject('MIN');
  for (let count = 0; count < 14; count += 1) await home.issue('Export orders to CSV');
  for (const id of ['MIN-1', 'MIN-2', 'MIN-3', 'MIN-4']) await home.json(['workspace', 'create', id]);
  rmSync(path.join(workspaceOf(home, 'MIN-1'), '.git'));
  rmSync(workspaceOf(home, 'MIN-2'), { recursive: true });
  home.repository.git(['worktree', 'lock', '--reason', 'on a stick', workspaceOf(home, 'MIN-3')]);
  writeFileSync(brokenIssue(home), '---\nstate: [\n---\n');
}

function brokenIssue(home: RunnerHome): string {
  return path.join(home.repository.path, '.panopticon/issues/MIN-90.md');
}

function workspaceOf(home: RunnerHome, id: string): string {
  return path.join(home.repository.path, 'workspaces', `feature-${id.toLowerCase()}`);
}

function linkAllBut(left: string, from: string, to: string): void {
  const names = readdirSync(from).filter((name) => name !== left);
  for (const name of names) {
    rmSync(path.join(to, name), { force: true });
    symlinkSync(path.join(from, name), path.join(to, name));
  }
}
