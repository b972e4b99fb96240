import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { agentIdOf } from '../../runner/protocol/issueId.ts';
import type { Agent } from '../../runner/protocol/models.ts';
import { killOne, patienceMs, useRunnerHome } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';

describe('a tmux that does not answer', function () {
  // Each question to it takes 10 s.
  this.timeout(180_000);

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

  it('has its agents noted as dead that died meanwhile, also by a runner that came meanwhile', async () => {
    const home = the();
    await home.addProject();
    home.script([[{ hang: true }]]);
    const runner = await home.runner();
    const ids = [await home.issue('Dark mode'), await home.issue('Invite flow')];
    for (const id of ids) {
      await runner.agents.start({ id, runtime: 'rehearsal' });
      await home.agent(id, 'working');
    }
    const server = Number(home.tmux('display-message', '-p', '#{pid}'));
    process.kill(server, 'SIGSTOP');
    for (const pid of await home.daemons()) killOne(pid);
    const { agents } = await home.json<{ agents: Agent[] }>(['work', 'status']);
    assert.deepEqual(
      agents.map(({ status }) => status),
      ['unknown', 'unknown'],
    );
    process.kill(server, 'SIGKILL');
    for (const id of ids) {
      const noted = () =>
        readFileSync(home.paths.agent(agentIdOf(id)).events, 'utf8').includes('"gone"') ? true : undefined;
      await waitFor(noted, { timeoutMs: patienceMs, what: `the end of ${id} to be noted` });
      const { since } = await home.agent(id, 'crashed');
      assert.equal((await home.agent(id, 'crashed')).since, since);
    }
  });

  it('starts nothing then, says so, and has its agents ended all the same', async () => {
    const home = the();
    await home.addProject();
    home.script([[{ hang: true }]]);
    const runner = await home.runner();
    const id = await home.issue('Dark mode');
    const other = await home.issue('Invite flow');
    await runner.agents.start({ id, runtime: 'rehearsal' });
    await home.agent(id, 'working');
    const server = Number(home.tmux('display-message', '-p', '#{pid}'));
    process.kill(server, 'SIGSTOP');
    try {
      const silent = { code: 'tmuxSilent', message: 'tmux did not answer within 10 s.' };
      await assert.rejects(runner.agents.start({ id: other, runtime: 'rehearsal' }), silent);
      assert.deepEqual(
        [(await home.agent(other, 'stopped')).pid, (await runner.agents.kill({ id })).status],
        [null, 'stopped'],
      );
    } finally {
      process.kill(server, 'SIGCONT');
    }
    await runner.agents.start({ id: other, runtime: 'rehearsal' });
    await home.agent(other, 'working');
  });
});
