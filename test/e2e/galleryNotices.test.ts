import type { RunnerHome } from '../support/runnerHome.ts';
import { takePictures } from './support/gallery.ts';
import { asks } from './support/playEveryState.ts';
import { playAgent, playShop, shopFolder } from './support/playShop.ts';
import type { ShopAgent, Step } from './support/shop.ts';
import { useWorkbench } from './support/useWorkbench.ts';

/** What an agent asks, and what is said of it. */
const requests: Readonly<Record<string, readonly [Step, string]>> = {
  brief: [{ permission: { tool: 'Bash', command: 'npm run lint -- --fix' } }, 'wants to run: npm run lint -- --fix'],
  long: [{ permission: { tool: 'Bash', command: 'npm ci\nnpm run build\nnpm test' } }, 'wants to run a 3-line script'],
  edit: [
    asks('Edit', { file_path: 'src/price.ts', old_string: 'cents', new_string: 'euros' }),
    'wants to edit src/price.ts (+1 −1)',
  ],
  question: [
    { question: { text: 'Keep the byte order mark?', options: ['Keep it', 'Drop it'] } },
    'asks: Keep the byte',
  ],
  plan: [asks('ExitPlanMode', { plan: '# Reserve stock' }), 'has a plan to review'],
};

/** In every theme, into `.cache/pictures/`: to be looked at. What a machine can tell of them is asserted. */
describe('the gallery of notifications', function () {
  this.timeout(180_000);

  const stage = useWorkbench({
    workspace: shopFolder,
    prepare: (home) => playShop(home, []),
    hasSystemColors: true,
    settings: { 'panopticon.attention.delaySeconds': 0, 'panopticon.attention.everySeconds': 0 },
  });

  before(async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await workbench.page.locator('.statusbar-item[aria-label^="Panopticon: no agent works"]').first().waitFor();
  });

  for (const [name, [step, text]] of Object.entries(requests)) {
    it(`shows a request: ${name}`, async () => {
      const { home } = stage();
      const id = await play({ steps: [step], status: 'waiting' });
      await take(name, `${id} (rehearsal) ${text}`);
      await over(home, id);
    });
  }

  it('shows who crashed and who is logged out', async () => {
    const { home } = stage();
    const crashed = await play({ steps: [{ crash: 3 }], status: 'crashed' });
    await take('crashed', `${crashed} crashed`);
    await over(home, crashed);
    const parked = await play({ steps: [{ authFailure: true }], status: 'parked' });
    await take('login', 'rehearsal is logged out');
    await over(home, parked);
  });

  it('shows what an agent has finished', async () => {
    const { workbench } = stage();
    // A person's own "done" is no news.
    const done = `"$PANOPTICON_HOME/bin/pan" work done "$PAN_ISSUE_ID"`;
    const edit = { path: 'src/price.ts', text: 'export const cents = 100;\n' };
    const id = await play({
      steps: [{ edit }, { commit: 'Count in cents' }, { run: ['sh', '-c', done] }],
      status: 'done',
    });
    await take('finished', `${id} is finished: 1 file +1`);
    await workbench.run('Notifications: Clear All Notifications');
  });

  it('shows what came while notifications were paused', async () => {
    const { home, workbench } = stage();
    await workbench.run('Panopticon: Pause Notifications...');
    await workbench.quickInput.shown();
    await workbench.quickInput.rows();
    await takePictures(workbench, 'gallery-pause', { open: [workbench.quickInput.widget] });
    await workbench.quickInput.pick('Until I Resume');
    await workbench.statusBar.item('Notifications are paused until you resume them.').waitFor();
    await play({ steps: [{ permission: { tool: 'Bash', command: 'npm test' } }], status: 'waiting' });
    const finished = await play({ steps: [{ commit: 'Round prices' }], status: 'idle' });
    await home.json(['work', 'done', finished], { cwd: shopFolder(home) });
    await workbench.run('Panopticon: Resume Notifications');
    await take('summary', 'While notifications were paused: 1 needs you');
  });

  function play(agent: Pick<ShopAgent, 'steps' | 'status'>): Promise<string> {
    return playAgent(stage().home, { title: 'Round prices', labels: ['orders'], ...agent });
  }

  async function take(name: string, text: string): Promise<void> {
    const { workbench } = stage();
    const toast = workbench.page.locator('.notification-toast').filter({ hasText: text });
    await toast.waitFor();
    await takePictures(workbench, `gallery-notice-${name}`, { open: [toast] });
  }

  /** Done by a person in the window: after three notifications that nobody acted on there are no more. */
  async function over(home: RunnerHome, id: string): Promise<void> {
    const { workbench } = stage();
    await workbench.run('Notifications: Clear All Notifications');
    await workbench.tree('Agents').click(/^(SHO|Log in)/);
    await workbench.tab(id).waitFor();
    await home.json(['work', 'kill', id], { cwd: shopFolder(home) });
    await workbench.closeEditors();
  }
});

describe('the gallery of notifications about several', function () {
  this.timeout(120_000);

  const stage = useWorkbench({
    workspace: shopFolder,
    prepare: (home) => playShop(home, []),
    hasSystemColors: true,
    settings: { 'panopticon.attention.delaySeconds': 10 },
  });

  it('shows who needs a person, in one for all of them', async () => {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    await workbench.tree('Agents').shown();
    const agent: ShopAgent = { title: 'Round prices', labels: [], steps: [], status: 'waiting' };
    const commands = ['npm test', 'npm run lint', 'npm run build'];
    for (const command of commands)
      await playAgent(home, { ...agent, steps: [{ permission: { tool: 'Bash', command } }] });
    // On a busy machine the first may be told of by itself, and the others 20 s later.
    const toast = workbench.page.locator('.notification-toast').filter({ hasText: /\d agents need you/ });
    await toast.waitFor({ timeout: 60_000 });
    await takePictures(workbench, 'gallery-notice-several', { open: [toast] });
    await workbench.run('Notifications: Clear All Notifications');
  });
});
