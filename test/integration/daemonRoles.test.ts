import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DaemonStatus, HookItem, Overview, Workspace } from '../../runner/protocol/models.ts';
import { daemonPlaces } from '../../runner/protocol/places.ts';
import { platform } from '../support/platform.ts';
import { patienceMs, useRunnerHome } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';

describe('who asks the daemon', () => {
  let restore: () => void = () => undefined;
  // Else the daemon would take the end of the test, too, for what an agent asks.
  afterEach(() => restore());
  const the = useRunnerHome();

  /** An agent whose recorded leader is this very process, as it would be if the pid had been given out again. */
  async function agentLedByUs(startTime: string): Promise<string> {
    the().script([[{ hang: true }]]);
    await the().addProject();
    const id = await the().issue('Anything');
    await the().json(['work', 'issue', id, '--runtime', 'rehearsal']);
    // The daemon writes the file once more when the tool tells of its conversation.
    await the().agent(id, 'working');
    const file = the().paths.agent(`agent-${id.toLowerCase()}`).state;
    const text = readFileSync(file, 'utf8');
    restore = () => {
      writeFileSync(file, text);
      restore = () => undefined;
    };
    writeFileSync(file, JSON.stringify({ ...JSON.parse(text), leader: { pid: process.pid, startTime } }));
    return id;
  }

  it('takes a person for a person whose shell has the pid that an agent once had', async () => {
    const id = await agentLedByUs('long ago');
    const runner = await the().runner();
    assert.equal((await runner.issues.edit({ id, title: 'Another' })).title, 'Another');
  });

  it('takes what runs under an agent for the agent, whatever it says', async () => {
    const id = await agentLedByUs((await platform.startTimeOf(process.pid)) ?? '');
    const runner = await the().runner();
    await assert.rejects(runner.issues.edit({ id, title: 'Another' }), /agent-min-1 may not do this/);
    const item = await runner.hooks.push({ id, itemId: '01JD8Z4T5N6R7S8T9V0W1X2Y3Z', text: 'more', source: 'user' });
    assert.equal(item.source, 'agent');
    const { items } = await the().json<{ items: HookItem[] }>(['work', 'hook', 'check', id]);
    assert.deepEqual(
      items.map(({ source }) => source),
      ['agent'],
    );
  });
});

describe('what the daemon makes', () => {
  const the = useRunnerHome();

  it('has the rights that the umask of the person gives', async () => {
    await the().addProject();
    const id = await the().issue('Anything');
    const { workspace } = await the().json<{ workspace: Workspace }>(['workspace', 'create', id]);
    const open = 0o777 & ~process.umask();
    const tracked = the().repository.git(['ls-files']).split('\n')[0] ?? '';
    assert.equal(statSync(path.join(workspace.path, tracked)).mode & 0o777, open & 0o666);
    assert.equal(statSync(workspace.path).mode & 0o777, open);
    for (const own of [the().home, the().paths.runFolder, the().paths.spoolFolder, the().paths.agentsFolder])
      assert.equal(statSync(own).mode & 0o077, 0, own);
    for (const own of [the().paths.logFile, the().paths.projectsFile, daemonPlaces(the().home).lockFile])
      assert.equal(statSync(own).mode & 0o077, 0, own);
  });

  it('is a workspace only of an issue that exists', async () => {
    await the().addProject();
    const { code, stderr } = await the().pan(['workspace', 'create', 'MIN-99']);
    assert.equal(code, 1);
    assert.match(stderr, /There is no issue MIN-99/);
    assert.ok(!existsSync(path.join(the().repository.path, 'workspaces')));
    const { stdout } = await the().pan(['daemon', 'log']);
    assert.match(stdout, /workspace\/create MIN-99 refused: There is no issue MIN-99/);
  });

  it('needs repair, and is counted, also when its folder is gone', async () => {
    await the().addProject();
    const ids = [await the().issue('One'), await the().issue('Two')];
    const made: Workspace[] = [];
    for (const id of ids)
      made.push((await the().json<{ workspace: Workspace }>(['workspace', 'create', id])).workspace);
    rmSync(made[1]?.path ?? '', { recursive: true });
    assert.deepEqual((await the().json<Overview>(['status'])).workspaces, { total: 2, needRepair: ['MIN-2'] });
  });
});

describe('pan up', () => {
  const the = useRunnerHome();
  const isPinned = async () => (await the().json<DaemonStatus>(['daemon', 'status'])).pinned;

  it('holds over a restart and a crash, until pan down', async () => {
    await the().json(['up']);
    const { pid } = await the().json<DaemonStatus>(['daemon', 'restart']);
    assert.equal(await isPinned(), true);
    process.kill(pid ?? 0, 'SIGKILL');
    await waitFor(async () => ((await the().daemons()).length === 0 ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the daemon to die',
    });
    await the().json(['status']);
    assert.equal(await isPinned(), true);
    await the().json(['down']);
    await the().json(['status']);
    assert.equal(await isPinned(), false);
  });

  it('is taken back by pan down also while no daemon runs', async () => {
    const { pid } = await the().json<DaemonStatus>(['up']);
    process.kill(pid ?? 0, 'SIGKILL');
    await waitFor(async () => ((await the().daemons()).length === 0 ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the daemon to die',
    });
    await the().json(['down']);
    await the().json(['status']);
    assert.equal(await isPinned(), false);
  });
});
