import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { patienceMs, useRunnerHome } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';

describe('what makes trees of issues and workspaces stale', () => {
  const the = useRunnerHome();

  it('is told of issues that another program writes, and asked about, they are as written', async () => {
    const home = the();
    await home.addProject();
    const client = await home.runner();
    await home.issue('Rate-limit login');
    await client.issues.counts({});
    const told: string[] = [];
    client.onDidChange(({ scope, ids }) => told.push(`${scope} ${ids.join()}`));
    const file = path.join(home.repository.path, '.panopticon/issues/MIN-7.md');
    const text = (title: string): string => `---\ntitle: ${title}\nlabels: [bug]\n---\n\nbody\n`;
    for (let round = 0; round < 20; round += 1) {
      execFileSync('sh', ['-c', 'printf %s "$1" > "$2"', 'sh', text(`round ${round}`), file]);
      const { issues } = await client.issues.search({ text: `round ${round}`, limit: 1, labels: ['bug'] });
      assert.deepEqual(
        issues.map(({ id, title }) => `${id} ${title}`),
        [`MIN-7 round ${round}`],
      );
    }
    await waitFor(() => told.includes('issues MIN-7') || undefined, { timeoutMs: patienceMs, what: 'MIN-7' });
    assert.deepEqual((await client.issues.counts({ project: 'my-app' })).counts, [
      { project: 'my-app', state: 'todo', count: 2 },
    ]);
  });

  it('is told of a workspace while an agent works in it, and asked about, it has what the agent did', async () => {
    const home = the();
    await home.addProject();
    home.script([[{ edit: { path: 'src/new.ts', text: 'one\ntwo\n' } }, { say: 'done' }]]);
    const id = await home.issue('Write it');
    const client = await home.runner();
    const told: string[] = [];
    client.onDidChange(({ scope, ids }) => {
      if (scope === 'workspaces') told.push(ids.join());
    });
    await client.agents.start({ id, runtime: 'rehearsal' });
    await home.agent(id, 'idle');
    // Its making, and its agent's work.
    await waitFor(() => told.length > 1 || undefined, { timeoutMs: patienceMs, what: 'the workspace to be announced' });
    assert.deepEqual([...new Set(told)], [id]);
    const changes = await client.workspaces.changes({ id });
    assert.deepEqual(changes.files, [{ path: 'src/new.ts', from: null, status: 'untracked', added: 2, removed: 0 }]);
    const file = await client.workspaces.file({ id, path: 'readme.md', commit: changes.base.commit });
    assert.equal(Buffer.from(file.base64 ?? '', 'base64').toString(), '# Test\n');
  });

  it('is told of a restore, which takes a destroy back', async () => {
    const home = the();
    await home.addProject();
    const id = await home.issue('Write it');
    const client = await home.runner();
    const { path: folder } = await client.workspaces.create({ id });
    home.repository.write({ 'new.txt': 'x' }, folder);
    const destroyed = await home.json<{ rescueRef: string }>(['workspace', 'destroy', id, '--force']);
    const { rescues } = await home.json<{ rescues: { ref: string }[] }>(['workspace', 'rescues']);
    assert.deepEqual(
      rescues.map(({ ref }) => ref),
      [destroyed.rescueRef],
    );
    const told: string[] = [];
    client.onDidChange(({ scope, ids }) => told.push(`${scope} ${ids.join()}`));
    const { workspace } = await home.json<{ workspace: unknown }>(['workspace', 'restore', id]);
    assert.deepEqual(workspace, (await client.workspaces.list({}))[0]);
    assert.ok(told.includes(`workspaces ${id}`));
  });
});
