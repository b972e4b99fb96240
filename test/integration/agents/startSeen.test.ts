import assert from 'node:assert/strict';
import { useRunnerHome } from '../../support/runnerHome.ts';

describe('an agent that is looked at while it starts', () => {
  const the = useRunnerHome();

  it('has not crashed at any moment, neither at a start nor at a resume', async () => {
    const home = the();
    home.script([[{ say: 'done' }]]);
    await home.addProject();
    const runner = await home.runner();
    const id = await home.issue('Look closely');
    const seen = new Set<string>();
    let isOver = false;
    const looking = (async () => {
      while (!isOver) {
        const agents = await runner.agents.list();
        for (const { status, reason } of agents) seen.add(`${status}: ${reason}`);
      }
    })();
    try {
      await home.json(['work', 'issue', id]);
      await home.agent(id, 'idle');
      for (const _ of [1, 2, 3]) {
        await home.json(['work', 'kill', id]);
        await home.json(['work', 'resume', id]);
        await home.agent(id, 'idle');
      }
    } finally {
      isOver = true;
      await looking;
    }
    assert.deepEqual(
      [...seen].filter((each) => /^(crashed|unknown)/.test(each)),
      [],
    );
  });
});
