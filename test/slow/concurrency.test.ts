import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { buildSync } from 'esbuild';
import type { DaemonStatus, HookItem, Issue, Workspace } from '../../runner/protocol/models.ts';
import type { PanResult } from '../support/pan.ts';
import { patienceMs, RunnerHome } from '../support/runnerHome.ts';
import { tempFolder } from '../support/tempFolder.ts';
import { waitFor } from '../support/waitFor.ts';

const crowd = 32;

const homes = [
  { name: 'a short HOME', homeName: 'h' },
  { name: 'a HOME too long for a socket', homeName: `${'long '.repeat(24)}/home` },
];

for (const { name, homeName } of homes) {
  describe(`${crowd} commands at once, in ${name}`, () => {
    let home: RunnerHome;
    before(() => {
      home = new RunnerHome({ homeName });
    });
    after(() => home.stop());

    /** Runs `crowd` commands side by side; each must succeed. */
    async function together<T>(argsOf: (index: number) => string[]): Promise<T[]> {
      const commands = Array.from({ length: crowd }, (_, index) => home.pan([...argsOf(index), '--json']));
      return (await Promise.all(commands)).map((result) => succeeded<T>(result));
    }

    async function assertOneDaemon(): Promise<number | null> {
      const { pid } = await home.json<DaemonStatus>(['daemon', 'status']);
      const late = { timeoutMs: patienceMs, what: 'the starters that came too late to end' };
      await waitFor(async () => ((await home.daemons()).length <= 1 ? true : undefined), late);
      assert.deepEqual(await home.daemons(), [pid]);
      return pid;
    }

    it('start one daemon where none ran', async () => {
      const pids = (await together<DaemonStatus>(() => ['up'])).map(({ pid }) => pid);
      assert.deepEqual(new Set(pids), new Set([await assertOneDaemon()]));
    });

    it('start one daemon where one was killed and left its lock and its socket', async () => {
      const [killed] = await home.daemons();
      process.kill(killed ?? 0, 'SIGKILL');
      const pids = (await together<DaemonStatus>(() => ['up'])).map(({ pid }) => pid);
      assert.ok(!pids.includes(killed ?? 0));
      assert.deepEqual(new Set(pids), new Set([await assertOneDaemon()]));
    });

    it('create issues of which each is there once, with no daemon running before', async () => {
      await home.addProject();
      await home.json(['daemon', 'stop']);
      const created = await together<{ issue: Issue }>((index) => ['issue', 'create', '--title', `issue ${index}`]);
      assert.equal(new Set(created.map(({ issue }) => issue.id)).size, crowd);
      const { issues } = await home.json<{ issues: Issue[] }>(['issue', 'list']);
      const byId = (a: Issue, b: Issue) => a.id.localeCompare(b.id);
      const idAndTitle = ({ id, title }: Issue) => `${id} ${title}`;
      assert.deepEqual(
        issues.sort(byId).map(idAndTitle),
        created
          .map(({ issue }) => issue)
          .sort(byId)
          .map(idAndTitle),
      );
      await assertOneDaemon();
    });

    it('create workspaces of one repository', async () => {
      const made = await together<{ workspace: Workspace }>((index) => ['workspace', 'create', `MIN-${index + 1}`]);
      for (const { workspace } of made) assert.deepEqual([workspace.state, workspace.ahead], ['ok', 0]);
      const { workspaces } = await home.json<{ workspaces: Workspace[] }>(['workspace', 'list']);
      assert.equal(workspaces.length, crowd);
      assert.deepEqual(new Set(workspaces.map(({ state }) => state)), new Set(['ok']));
      assert.equal(home.repository.git(['worktree', 'list']).split('\n').length, crowd + 1);
      assert.equal(home.repository.git(['status', '--porcelain']), '');
    });

    it('create the same workspace: all get it and it is made once', async () => {
      const { issue } = await home.json<{ issue: Issue }>(['issue', 'create', 'All at once']);
      const made = await together<{ workspace: Workspace }>(() => ['workspace', 'create', issue.id]);
      assert.equal(new Set(made.map(({ workspace }) => workspace.path)).size, 1);
      assert.ok(existsSync(path.join(made[0]?.workspace.path ?? '', 'readme.md')));
    });

    it('hang work on one hook, of which each item is there once', async () => {
      const pushed = await together<{ item: HookItem }>((index) => ['work', 'hook', 'push', 'MIN-1', `item ${index}`]);
      const { items } = await home.json<{ items: HookItem[] }>(['work', 'hook', 'check', 'MIN-1']);
      assert.deepEqual(new Set(items.map(({ id }) => id)), new Set(pushed.map(({ item }) => item.id)));
      assert.equal(items.length, crowd);
    });

    it('hang one item on a hook again and again: it is one', async () => {
      const item = '01KAN8Z6Y0Q3V5M3X1C7R9T2B4';
      await together(() => ['work', 'hook', 'push', 'MIN-2', 'the same', '--item', item]);
      const { items } = await home.json<{ items: HookItem[] }>(['work', 'hook', 'check', 'MIN-2']);
      assert.deepEqual(
        items.map(({ id, text }) => [id, text]),
        [[item, 'the same']],
      );
    });

    it('leave no temporary file behind', () => {
      const left = readdirSync(home.home, { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.tmp'),
      );
      assert.deepEqual(left, []);
    });
  });
}

describe('a lock whose holder is gone', () => {
  let folder: string;
  const racers: Racer[] = [];

  before(async () => {
    folder = tempFolder('pan-lock-');
    const program = path.join(folder, 'racer.js');
    const entryPoints = [path.resolve('test/support/lockRacer.ts')];
    buildSync({ entryPoints, bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile: program });
    for (let count = 0; count < 6; count++) racers.push(new Racer(program));
    await Promise.all(racers.map((racer) => racer.race(path.join(folder, `warm up of ${racer.pid}`))));
  });
  after(async () => {
    await Promise.all(racers.map((racer) => racer.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  const left = {
    'by a process that ended': JSON.stringify({ pid: 2 ** 22 - 1, startTime: 'x:1', nonce: 'ab12' }),
    'by a process whose pid another one has now': JSON.stringify({ pid: process.pid, startTime: 'x:1', nonce: 'cd34' }),
    'empty by a crash': '',
    'as garbage': '\0\x01{{{',
    'with a nonce that is a path': JSON.stringify({ pid: 1, startTime: '', nonce: '../../x' }),
    'not at all': null,
  };

  for (const [how, content] of Object.entries(left)) {
    it(`is taken by exactly one of ${6} starters, 200 times, when it was left ${how}`, async () => {
      for (let round = 0; round < 200; round++) {
        const file = path.join(folder, `${how} ${round}`);
        if (content !== null) writeFileSync(file, content);
        const answers = await Promise.all(racers.map((racer) => racer.race(file)));
        const winners = racers.filter((_, index) => answers[index] === 'won');
        assert.equal(winners.length, 1, `round ${round}: ${answers.join(', ')}`);
        assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid, winners[0]?.pid);
      }
    });
  }
});

/** One of the processes that race for a lock. */
class Racer {
  private readonly child: ChildProcess;
  private readonly lines: Interface;

  constructor(program: string) {
    this.child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (this.child.stdout === null) throw new Error('no output');
    this.lines = createInterface({ input: this.child.stdout });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  async race(file: string): Promise<string> {
    const answer = once(this.lines, 'line', { signal: AbortSignal.timeout(patienceMs) });
    this.child.stdin?.write(`${file}\n`);
    return String((await answer)[0]);
  }

  async stop(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.stdin?.end();
    await exit;
  }
}

function succeeded<T>({ code, stdout, stderr }: PanResult): T {
  assert.equal(code, 0, `${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}
