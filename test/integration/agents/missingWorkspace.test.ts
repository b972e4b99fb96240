import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Agent, Explanation, TellPreview } from '../../../runner/protocol/models.ts';
import type { DidChangeParams } from '../../../runner/protocol/requests.ts';
import { patienceMs, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('an agent whose workspace was removed by hand', () => {
  const the = useRunnerHome();

  it('says so wherever it shows, with what mends it, until that is done', async () => {
    const home = the();
    home.script([[{ say: 'done' }]]);
    await home.addProject();
    const id = await home.issue('Lose the folder');
    await home.json(['work', 'issue', id]);
    const { workspace } = await home.agent(id, 'idle');
    const runner = await home.runner();
    const changes: DidChangeParams[] = [];
    runner.onDidChange((change) => changes.push(change));

    rmSync(path.join(workspace, '.git'));
    assert.equal((await home.agent(id, 'idle')).trouble?.kind, 'workspaceCorrupted');
    rmSync(workspace, { recursive: true });
    const message = `The workspace folder of ${id} is missing.`;
    const next = `pan workspace create ${id}`;
    const { trouble } = await home.agent(id, 'idle');
    assert.deepEqual(trouble, { kind: 'workspaceMissing', message, next });
    const { stdout } = await home.pan(['work', 'status'], { env: { COLUMNS: '120' } });
    assert.match(stdout, / workspace missing; turn ended\n\n/);
    assert.ok(stdout.endsWith(`\n\n${message} Mend it: ${next}\n`), stdout);
    assert.equal((await home.json<Explanation>(['work', 'why', id])).next, next);
    const { effect, detail } = await home.json<TellPreview>(['work', 'tell', id, '--dry-run']);
    assert.equal(effect, 'wakes');
    assert.equal(detail, `${message} Mend it: ${next}. ${id} is idle: your message begins a turn`);

    await home.json(['workspace', 'create', id]);
    assert.ok(existsSync(path.join(workspace, '.git')));
    const told = () =>
      changes.some(({ scope, ids }) => scope === 'agents' && ids.includes(`agent-${id.toLowerCase()}`))
        ? true
        : undefined;
    await waitFor(told, { timeoutMs: patienceMs, what: 'the row of the agent to be announced' });
    assert.equal((await home.agent(id, 'idle')).trouble, null);
    rmSync(workspace, { recursive: true });
    await home.json(['work', 'kill', id]);
    const [killed] = (await home.json<{ agents: Agent[] }>(['work', 'status'])).agents;
    assert.deepEqual([killed?.status, killed?.trouble], ['stopped', null]);
  });
});
