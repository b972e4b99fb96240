import assert from 'node:assert/strict';
import type { RunnerHome } from '../support/runnerHome.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const asks = (command: string) => ({ permission: { tool: 'Bash', command }, always: true });

/** One agent for each test. */
async function play(home: RunnerHome): Promise<void> {
  await home.addProject('MIN');
  const start = async (...turns: Record<string, unknown>[][]): Promise<void> => {
    home.script(turns);
    const id = await home.issue('Rate-limit login');
    await home.json(['work', 'issue', id, '--runtime', 'rehearsal', '--mode', 'ask']);
    await home.agent(id, 'waiting');
  };
  await start(['one', 'two', 'three', 'four', 'five'].map((name) => asks(`npm run ${name}`)));
  await start([asks('npm install')], [asks('pnpm install')]);
  await start([{ question: { text: 'Keep the BOM?', options: ['Keep it', 'Drop it'] } }, asks('npm test')]);
}

describe('what agents ask, in a window', () => {
  const stage = useWorkbench({ prepare: play, settings: { 'panopticon.attention.permission': 'off' } });
  const title = (id: string) => new RegExp(`^${id} \\(rehearsal\\) wants to run a command, waiting `);

  before(async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Agents').shown()).row(/^MIN-3/).waitFor();
  });

  for (const [entry, asked, next] of [
    ['Allow Once', 'one', 'two'],
    ['Allow for This Session', 'two', 'three'],
    ['Deny', 'three', 'four'],
    ['Deny With Message...', 'four', 'five'],
  ] as const) {
    it(`is not answered by ${entry} of a menu that was opened over another request`, async () => {
      const { workbench, home } = stage();
      const { quickInput } = workbench;
      const agents = workbench.tree('Agents');
      const menu = await agents.menu(new RegExp(`^MIN-1 Allow npm run ${asked}\\?`));
      const titles = ['Answer Request...', 'Allow Once', 'Allow for This Session', 'Deny', 'Deny With Message...'];
      assert.deepEqual((await menu.titles()).slice(0, titles.length), titles);
      await home.json(['work', 'answer', 'MIN-1', 'allow']);
      const { ask } = await home.agent('MIN-1', (agent) => agent.ask?.oneLine === `npm run ${next}`);
      await agents.row(new RegExp(`^MIN-1 Allow npm run ${next}\\?`)).waitFor();
      // While VS Code reads rows again, an entry of a menu is given no row.
      await agents.settled();
      await menu.choose(entry);
      await quickInput.shown(title('MIN-1'));
      assert.equal((await quickInput.rows())[0]?.label, `npm run ${next}`);
      if (entry === 'Allow Once') await workbench.screenshot('answer-from-menu');
      await quickInput.cancel();
      assert.equal((await home.agent('MIN-1', 'waiting')).ask?.requestId, ask?.requestId);
    });
  }

  it('keeps the message of a denial that was not sent, until the request is over', async () => {
    const { workbench, home } = stage();
    const { quickInput } = workbench;
    const open = async (): Promise<void> => {
      const agents = workbench.tree('Agents');
      await agents.settled();
      await (await agents.menu(/^MIN-2 /)).choose('Answer Request...');
      await quickInput.shown(title('MIN-2'));
    };
    const draft = async () =>
      (await quickInput.rows()).find(({ label }) => label === 'Deny With Message...')?.description;
    await open();
    assert.equal(await draft(), '');
    await quickInput.choose('Deny With Message...');
    await quickInput.shown('Deny With Message: MIN-2');
    await quickInput.type('Use pnpm instead, as the others do');
    await quickInput.cancel();
    await open();
    assert.equal(await draft(), 'Use pnpm instead, as the others do');
    await workbench.screenshot('deny-draft');
    await quickInput.choose('Deny With Message...');
    await quickInput.shown('Deny With Message: MIN-2');
    assert.equal(await quickInput.field.inputValue(), 'Use pnpm instead, as the others do');
    await quickInput.accept();
    await home.agent('MIN-2', 'idle');
    await home.json(['work', 'tell', 'MIN-2', 'Go on']);
    await workbench
      .tree('Agents')
      .row(/^MIN-2 Allow pnpm install/)
      .waitFor();
    await open();
    assert.equal(await draft(), '');
    await quickInput.cancel();
  });

  it('keeps an answer in words that was not sent, wherever it was written', async () => {
    const { workbench, home } = stage();
    const { quickInput } = workbench;
    const open = async (): Promise<string | undefined> => {
      await workbench.tree('Agents').pressAction(/^MIN-3 /, 'Answer Request...');
      await quickInput.shown(/^MIN-3 \(rehearsal\) asks, waiting /);
      return (await quickInput.rows()).find(({ label }) => label === 'Other Answer...')?.description;
    };
    assert.equal(await open(), '');
    await quickInput.type('Only in exports');
    await quickInput.cancel();
    assert.equal(await open(), 'Only in exports');
    await quickInput.type('drop');
    await quickInput.cancel();
    assert.equal(await open(), 'Only in exports');
    await quickInput.choose('Other Answer...');
    assert.equal(await quickInput.field.inputValue(), 'Only in exports');
    await quickInput.type('Only in exports, for now');
    await quickInput.cancel();
    assert.equal(await open(), 'Only in exports, for now');
    await workbench.screenshot('question-draft');
    await quickInput.choose('Other Answer...');
    await quickInput.accept();
    await home.agent('MIN-3', ({ ask }) => ask?.oneLine === 'npm test');
  });
});
