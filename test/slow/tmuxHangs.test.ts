import assert from 'node:assert/strict';
import { useRunnerHome } from '../support/runnerHome.ts';

describe('a tmux that does not answer', () => {
  const the = useRunnerHome();

  it('makes its agents unknown, and nothing else, until it answers again', async () => {
    const home = the();
    await home.addProject();
    home.script([[{ say: 'Done.' }]]);
    const id = await home.issue('Dark mode');
    const runner = await home.runner();
    await runner.agents.start({ id, runtime: 'rehearsal' });
    const before = await home.agent(id, 'idle');
    const server = Number(home.tmux('display-message', '-p', '#{pid}'));
    const watching = home.tmux('list-clients', '-F', '#{client_pid}').trim().split('\n').map(Number);
    process.kill(server, 'SIGSTOP');
    try {
      // Whoever watches the panes is to ask again.
      for (const pid of watching) process.kill(pid, 'SIGKILL');
      const unknown = await home.agent(id, 'unknown');
      assert.equal(unknown.reason, 'tmux could not be asked: tmux did not answer within 10 s');
    } finally {
      process.kill(server, 'SIGCONT');
    }
    const after = await home.agent(id, 'idle');
    assert.deepEqual([after.fence, after.sessionId, after.pid], [before.fence, before.sessionId, before.pid]);
  });
});
