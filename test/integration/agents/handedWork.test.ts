import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HookItem } from '../../../runner/protocol/models.ts';
import { patienceMs, type RunnerHome, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('work on the hook of an agent', () => {
  const the = useRunnerHome();

  const items = async (home: RunnerHome, id: string): Promise<HookItem[]> =>
    (await home.json<{ items: HookItem[] }>(['work', 'hook', 'check', id])).items;
  const states = async (home: RunnerHome, id: string): Promise<string[][]> =>
    (await items(home, id)).map(({ text, state }) => [text, state]);
  const settled = (home: RunnerHome, id: string, wanted: string[][]): Promise<true> => {
    const asWanted = async () => (JSON.stringify(await states(home, id)) === JSON.stringify(wanted) ? true : undefined);
    return waitFor(asWanted, { timeoutMs: patienceMs, what: `the hook of ${id} to be ${JSON.stringify(wanted)}` });
  };

  it('is queued, then taken by the agent that starts, and done when that is', async () => {
    const home = the();
    home.script([[{ say: 'I read it' }]]);
    await home.addProject();
    const id = await home.issue('Do more');
    await home.json(['work', 'hook', 'push', id, 'rebase on main']);
    const [queued] = await items(home, id);
    await home.json(['work', 'issue', id]);
    await home.agent(id, ({ status, hookItems }) => status === 'idle' && hookItems === 0);
    await settled(home, id, [['rebase on main', 'taken']]);
    const [taken] = await items(home, id);
    assert.ok(queued !== undefined && taken !== undefined && taken.since > queued.since);

    await home.json(['work', 'hook', 'push', id, 'and then this']);
    assert.equal((await home.agent(id, 'idle')).hookItems, 1, 'only what is queued counts');
    const refused = await home.pan(['work', 'hook', 'drop', id, taken.id]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /cannot be taken back: an agent works on it\./);

    await home.json(['work', 'done', id]);
    assert.deepEqual(await states(home, id), [['and then this', 'queued']]);
  });

  it('goes with a conversation that is resumed, and to the next one as given before', async () => {
    const home = the();
    const told = path.join(home.folder, 'told');
    home.script([[{ record: { path: told } }, { crash: 7 }], [{ say: 'on' }]]);
    await home.addProject();
    const id = await home.issue('Crash');
    await home.json(['work', 'hook', 'push', id, 'rebase on main']);
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'crashed');
    assert.match(readFileSync(told, 'utf8'), /^1\. \(normal, \w{26}\) rebase on main$/m);
    await settled(home, id, [['rebase on main', 'taken']]);
    await home.json(['work', 'resume', id]);
    await home.agent(id, 'idle');
    assert.deepEqual(await states(home, id), [['rebase on main', 'taken']]);
    await home.json(['work', 'kill', id]);
    assert.deepEqual(await states(home, id), [['rebase on main', 'taken']]);

    home.script([[{ record: { path: told } }]]);
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'idle');
    assert.match(
      readFileSync(told, 'utf8'),
      /^1\. \(normal, \w{26}, given to an agent before you: .*\) rebase on main$/m,
    );
    await home.json(['work', 'done', id]);
    assert.deepEqual(await states(home, id), []);
  });

  it('is queued again where its agent dies before it read anything, also while no runner is there', async () => {
    const home = the();
    await home.addProject();
    const id = await home.issue('Break');
    await home.json(['work', 'hook', 'push', id, 'rebase on main']);
    // The tool ends before its first prompt: its script is none.
    const script = path.join(home.folder, 'script.json');
    writeFileSync(script, '{');
    home.config(`[runtimes.rehearsal]\nscript = ${JSON.stringify(script)}\n`);
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'crashed');
    await settled(home, id, [['rebase on main', 'queued']]);

    const [daemon] = await home.daemons();
    const hook = home.paths.agent(`agent-${id.toLowerCase()}`).hook;
    const start = home.pan(['work', 'issue', id]);
    const promised = () => (readFileSync(hook, 'utf8').includes('promisedTo') ? true : undefined);
    await waitFor(promised, { timeoutMs: patienceMs, what: 'the work to be promised' });
    process.kill(daemon ?? 0, 'SIGKILL');
    await start;
    await home.json(['up']);
    await home.agent(id, ({ status }) => status === 'crashed' || status === 'stopped');
    await settled(home, id, [['rebase on main', 'queued']]);
    const [item] = await items(home, id);
    await home.json(['work', 'hook', 'drop', id, item?.id ?? '']);
    assert.deepEqual(await items(home, id), []);
  });

  it('is handed, and no more can be known, where the tool reports nothing', async () => {
    const home = the();
    home.config('[runtimes.tool]\ncommand = ["sleep", "86400"]\n');
    await home.addProject();
    const id = await home.issue('Be silent');
    await home.json(['work', 'hook', 'push', id, 'rebase on main']);
    await home.json(['work', 'issue', id, '--runtime', 'tool']);
    const [item] = await items(home, id);
    assert.equal(item?.state, 'handed');
    const refused = await home.pan(['work', 'hook', 'drop', id, item?.id ?? '']);
    assert.match(refused.stderr, /cannot be taken back: an agent got it with its first prompt\./);
    await home.json(['work', 'kill', id]);
    assert.deepEqual(await states(home, id), [['rebase on main', 'handed']]);
    await home.json(['work', 'issue', id]);
    await home.json(['work', 'done', id]);
    assert.deepEqual(await states(home, id), []);
  });

  /** What exists once a start has come so far. */
  const steps: [string, (files: { folder: string; hook: string; state: string }) => boolean][] = [
    ['the work is promised', ({ hook }) => holds(hook, 'promisedTo')],
    ['the launch is written down', ({ hook, state }) => holds(state, promiseOf(hook))],
    ['the program is about to be started', ({ hook, folder }) => holds(`${folder}/launch.sh`, promiseOf(hook))],
    ['the launch is noted', ({ hook, folder }) => holds(`${folder}/events.jsonl`, promiseOf(hook))],
    ['the work is handed', ({ hook }) => holds(hook, '"launchId"')],
  ];
  for (const [when, isThere] of steps) {
    it(`is neither lost nor given twice when the runner is killed as soon as ${when}`, async () => {
      const home = the();
      const told = path.join(home.folder, 'told');
      home.script([[{ record: { path: told } }, { run: ['sh', '-c', `cat "${told}" >>"${told}.all"`] }]]);
      await home.addProject();
      const id = await home.issue('Survive');
      await home.json(['work', 'hook', 'push', id, 'rebase on main']);
      const files = home.paths.agent(`agent-${id.toLowerCase()}`);
      const [daemon] = await home.daemons();
      const start = home.pan(['work', 'issue', id]);
      await waitFor(() => (isThere(files) ? true : undefined), { timeoutMs: patienceMs, what: when });
      process.kill(daemon ?? 0, 'SIGKILL');
      await start;
      const again = await home.pan(['work', 'issue', id, '--json']);
      if (again.code !== 0) assert.match(again.stdout + again.stderr, /already/);
      await home.agent(id, 'idle');
      await settled(home, id, [['rebase on main', 'taken']]);
      const given = readFileSync(`${told}.all`, 'utf8').match(/^1\. \(normal, \w{26}\) rebase on main$/gm) ?? [];
      assert.equal(given.length, 1, 'read once, as new');
      await home.json(['work', 'done', id]);
      assert.deepEqual(await states(home, id), []);
    });
  }
});

function holds(file: string, text: string): boolean {
  return text !== '' && existsSync(file) && readFileSync(file, 'utf8').includes(text);
}

/** The launch that the work on a hook is promised or was handed to. */
function promiseOf(hook: string): string {
  return /"(?:promisedTo|launchId)":"(\w+)"/.exec(readFileSync(hook, 'utf8'))?.[1] ?? '';
}
