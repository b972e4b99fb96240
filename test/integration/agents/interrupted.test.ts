import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { useRunnerHome } from '../../support/runnerHome.ts';

describe('an agent that was interrupted', () => {
  const the = useRunnerHome({ env: { SHELL: '/bin/bash' } });

  it('is idle for a runner that begins, however long the login shell takes', async () => {
    const home = the();
    home.script([[{ hang: true }]]);
    await home.addProject();
    const id = await home.issue('Stop in the middle');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'working');
    home.press(id, 'Escape');
    const { reason } = await home.agent(id, 'idle');
    // What was read is kept when the runner ends in order.
    await home.pan(['daemon', 'stop']);
    for (const file of ['.bash_profile', '.profile']) writeFileSync(path.join(home.userHome, file), 'sleep 4\n');
    const runner = await home.runner();
    const [agent] = await runner.agents.list();
    assert.deepEqual([agent?.status, agent?.reason], ['idle', reason]);
  });
});
