import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { UserError } from '../../runner/protocol/errors.ts';
import type { Agent, DaemonStatus } from '../../runner/protocol/models.ts';
import { daemonPlaces } from '../../runner/protocol/places.ts';
import type { PanResult } from '../support/pan.ts';
import { patienceMs, type RunnerHome, useRunnerHome } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';

const kills = 100;

describe('a daemon that is killed at any moment', () => {
  const the = useRunnerHome();

  it(`loses nothing in ${kills} kills while agents work and commands run`, async function () {
    this.timeout(300_000);
    const home = the();
    home.script([
      [{ run: ['sh', '-c', 'while :; do date >>ticks; sleep 0.2; done'], background: true }, { hang: true }],
    ]);
    await home.addProject();
    const ids = [await home.issue('One'), await home.issue('Two'), await home.issue('Three')];
    for (const id of ids) await home.json(['work', 'issue', id]);
    const before = await Promise.all(ids.map((id) => home.agent(id, 'working')));

    const commands = new Commands(home);
    let killed = 0;
    for (let kill = 0; kill < kills; kill++) {
      commands.runOne(kill);
      // Random on purpose: the moment of the kill is what must not matter. Up to longer than a daemon's start takes.
      await passed(Math.random() * 300);
      if (killHolder(home)) killed++;
    }
    assert.ok(killed > kills / 2, `only ${killed} daemons were met alive`);
    await commands.settled();
    commands.assertNoneWasSilentOrConfused();

    const { agents } = await home.json<{ agents: Agent[] }>(['work', 'status']);
    assert.deepEqual(
      agents.map(({ id, pid, status, fence }) => ({ id, pid, status, fence })),
      before.map(({ id, pid, fence }) => ({ id, pid, status: 'working', fence })),
      'the agents went on as if nothing had happened',
    );
    await assertOneDaemon(home);
    const pushed = (await home.json<{ items: { text: string }[] }>(['work', 'hook', 'check', 'MIN-1'])).items.map(
      ({ text }) => text,
    );
    const created = (await home.json<{ issues: { title: string }[] }>(['issue', 'list'])).issues.map(
      ({ title }) => title,
    );
    for (const text of commands.succeeded('hook'))
      assert.ok(pushed.includes(text), `${text} was acknowledged and is there`);
    for (const text of commands.succeeded('issue'))
      assert.ok(created.includes(text), `${text} was acknowledged and is there`);
    assert.equal(new Set(pushed).size, pushed.length, 'no hook item is there twice');
  });

  it('loses, doubles and mangles no message that was being delivered', async function () {
    this.timeout(200_000);
    const home = the();
    const file = path.join(home.folder, 'record');
    const turn = [{ record: { path: file } }, { run: ['sh', '-c', `printf '|' >>"${file}"`] }];
    home.script([[{ say: 'ready' }], ...Array.from({ length: 200 }, () => turn)]);
    await home.addProject();
    const id = await home.issue('Listen');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'idle');
    const texts = Array.from(
      { length: 40 },
      (_, index) => `message ${index} ${'$(touch canary) '.repeat(index * 10)}end`,
    );
    const answered: string[] = [];
    for (const text of texts) {
      await home.json(['daemon', 'restart']);
      const told = home.pan(['work', 'tell', id, text]);
      await passed(60 + Math.random() * 80);
      killHolder(home);
      if ((await told).code === 0) answered.push(text);
    }
    const last = 'the last one';
    await home.json(['work', 'tell', id, last]);
    const received = () => readFileSync(file, 'utf8').split('|').slice(0, -1);
    const arrived = () => (received().includes(last) ? true : undefined);
    await waitFor(arrived, { timeoutMs: patienceMs, what: 'the last message' });
    const all = received();
    for (const text of all) assert.ok(text === last || texts.includes(text), `arrived mangled: ${text.slice(0, 200)}`);
    for (const text of answered) assert.ok(all.includes(text), `was lost: ${text.slice(0, 40)}`);
    assert.deepEqual(
      all.filter((text, index) => all.indexOf(text) !== index).map((text) => text.slice(0, 20)),
      [],
      'arrived twice',
    );
  });

  it('is replaced by the next command, and that one says so of nobody', async () => {
    const home = the();
    await home.addProject();
    const first = await home.json<DaemonStatus>(['up']);
    process.kill(first.pid ?? 0, 'SIGKILL');
    const second = await home.json<DaemonStatus>(['up']);
    assert.notEqual(second.pid, first.pid);
    await assertOneDaemon(home);
  });

  it('fails the requests that it was serving, so that nobody waits for ever or takes silence for success', async () => {
    const client = await the().connect();
    const { pid } = await client.daemon.status();
    // Stopped, it takes the request and never answers.
    process.kill(pid ?? 0, 'SIGSTOP');
    const asked = client.agents.list();
    process.kill(pid ?? 0, 'SIGKILL');
    await assert.rejects(asked, (error: unknown) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, /ended before it answered/);
      return true;
    });
    await assert.rejects(client.agents.list(), UserError);
    client.close();
  });
});

/** Commands of all kinds that run beside the kills. */
class Commands {
  private readonly home: RunnerHome;
  private readonly running: Promise<void>[] = [];
  private readonly results: { args: string[]; result: PanResult }[] = [];

  constructor(home: RunnerHome) {
    this.home = home;
  }

  runOne(index: number): void {
    const args =
      [
        ['work', 'status', '--json'],
        ['work', 'hook', 'push', 'MIN-1', `item ${index}`, '--json'],
        ['issue', 'create', '--title', `issue ${index}`, '--json'],
        ['workspace', 'list', '--json'],
      ][index % 4] ?? [];
    this.running.push(this.home.pan(args).then((result) => void this.results.push({ args, result })));
  }

  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  /** Each either succeeded with its document or failed with one error document; none said nothing, none was a bug. */
  assertNoneWasSilentOrConfused(): void {
    for (const { args, result } of this.results) {
      const said = `pan ${args.join(' ')} ended with ${result.code}: ${result.stdout}${result.stderr}`;
      assert.ok(result.stdout.trim().startsWith('{'), said);
      if (result.code === 0) assert.ok(!('error' in JSON.parse(result.stdout)), said);
      else assert.equal(result.code, 1, said);
      assert.equal(result.stderr, '', said);
    }
  }

  succeeded(noun: 'hook' | 'issue'): string[] {
    return this.results
      .filter(
        ({ args, result }) =>
          result.code === 0 &&
          args.at(noun === 'hook' ? 1 : 0) === noun &&
          args.includes(noun === 'hook' ? 'push' : 'create'),
      )
      .map(({ args }) => args.at(-2) ?? '');
  }
}

/** Kills whoever holds the daemon's lock at this moment. False when that one was dead already. */
function killHolder(home: RunnerHome): boolean {
  try {
    process.kill(
      (JSON.parse(readFileSync(daemonPlaces(home.home).lockFile, 'utf8')) as { pid: number }).pid,
      'SIGKILL',
    );
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Nobody holds it yet, or whoever did is gone.
    if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    return false;
  }
}

async function assertOneDaemon(home: RunnerHome): Promise<void> {
  const { pid } = await home.json<DaemonStatus>(['daemon', 'status']);
  assert.equal((JSON.parse(readFileSync(daemonPlaces(home.home).lockFile, 'utf8')) as { pid: number }).pid, pid);
  const daemons = await waitFor(
    async () => {
      const found = await home.daemons();
      return found.length === 1 ? found : undefined;
    },
    { timeoutMs: patienceMs, what: 'starters that came too late to end' },
  );
  assert.deepEqual(daemons, [pid]);
}
