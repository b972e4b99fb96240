import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../../runner/core/platform/findProgram.ts';
import type { Agent, DoctorReport, Issue, Workspace } from '../../runner/protocol/models.ts';
import type { PanResult } from '../support/pan.ts';
import { RunnerHome } from '../support/runnerHome.ts';

/** One sentence and a hint, nothing of our insides, and the exit code of something that the user can act on. */
function assertPlain({ code, stdout, stderr }: PanResult, message: RegExp): void {
  assert.equal(code, 1, `${stdout}${stderr}`);
  assert.equal(stdout, '');
  assert.match(stderr, /^error: [^\n]+\n *hint: [^\n]+\n$/);
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /\bat .*\.(js|ts):|node:internal|bug in Panopticon|undefined|\[object/);
}

describe('a machine on which a program is missing', () => {
  let home: RunnerHome;
  let bin: string;

  /** A PATH that holds only some of this machine's programs. */
  async function link(...programs: string[]): Promise<void> {
    for (const program of programs) {
      const found = await findProgram(program, process.env['PATH']);
      if (found !== undefined && !existsSync(path.join(bin, program))) symlinkSync(found, path.join(bin, program));
    }
  }

  beforeEach(async () => {
    home = new RunnerHome();
    bin = path.join(home.folder, 'bin');
    mkdirSync(bin);
    home.env['PATH'] = bin;
    await link('node', 'sh', 'ps', 'date', 'mv', 'cat', 'infocmp', 'sleep');
  });
  afterEach(() => home.stop());

  it('tmux: what needs no terminal works, an agent is refused and nothing is made of it, and installing is enough', async () => {
    await link('git');
    await home.addProject();
    const id = await home.issue('No tmux here');
    assertPlain(await home.pan(['work', 'issue', id]), /tmux was not found[\s\S]*[Ii]nstall/);
    assert.deepEqual((await home.json<{ agents: Agent[] }>(['work', 'status'])).agents, []);
    assert.deepEqual((await home.json<{ workspaces: Workspace[] }>(['workspace', 'list'])).workspaces, []);
    assert.equal((await home.json<{ issue: Issue }>(['issue', 'show', id])).issue.state, 'todo');
    assert.equal((await home.pan(['status'])).code, 0);
    const doctor = await home.pan(['doctor', '--json']);
    assert.equal(doctor.code, 1);
    const { checks } = JSON.parse(doctor.stdout) as DoctorReport;
    assert.equal(checks.find(({ name }) => name === 'tmux')?.status, 'missing');
    await link('tmux');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'idle');
  });

  it('git: agents are listed and can be killed, the rest is refused in one sentence, and installing is enough', async () => {
    await link('git', 'tmux');
    home.script([[{ hang: true }]]);
    await home.addProject();
    const id = await home.issue('No git here');
    await home.issue('No git here either');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'working');
    rmSync(path.join(bin, 'git'));
    assertPlain(await home.pan(['workspace', 'create', 'MIN-2']), /git was not found/);
    assertPlain(await home.pan(['work', 'issue', 'MIN-2']), /git was not found/);
    assertPlain(await home.pan(['project', 'add', home.repository.path]), /git was not found/);
    assertPlain(await home.pan(['workspace', 'list']), /git was not found/);
    assert.deepEqual(
      (await home.json<{ agents: Agent[] }>(['work', 'status'])).agents.map(({ status }) => status),
      ['working'],
    );
    assert.equal((await home.pan(['work', 'kill', id])).code, 0);
    await link('git');
    await home.json(['work', 'issue', 'MIN-2']);
    await home.agent('MIN-2', 'working');
  });

  it('both, where no daemon runs yet: the doctor names them and says what to type', async () => {
    const doctor = await home.pan(['doctor']);
    assert.equal(doctor.code, 1);
    assert.match(doctor.stdout, /git[\s\S]*install/i);
    assert.match(doctor.stdout, /tmux[\s\S]*install/i);
    assert.doesNotMatch(doctor.stdout + doctor.stderr, /\bat .*\.js:/);
  });
});

describe('a disk that cannot be written', () => {
  let home: RunnerHome;
  let mounted: string[] = [];

  beforeEach(() => {
    home = new RunnerHome();
  });
  afterEach(async () => {
    for (const folder of mounted) mount('-o', 'remount,rw', folder);
    try {
      await home.end();
    } finally {
      for (const folder of mounted) execFileSync('umount', ['-l', folder]);
      mounted = [];
      rmSync(home.folder, { recursive: true, force: true });
    }
  });

  function mount(...args: string[]): void {
    try {
      execFileSync('mount', args, { stdio: 'pipe' });
    } catch (cause) {
      throw new Error('these tests mount file systems of their own: run them as root, in a container that may mount', {
        cause,
      });
    }
  }

  /** Puts a small disk of its own in place of `folder`. */
  function mountSmallDisk(folder: string, size: string): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    mount('-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', folder);
    mounted.push(folder);
  }

  /** Fills the disk to its last byte; returns what frees it again. */
  function fill(folder: string): () => void {
    const file = path.join(folder, 'filler');
    try {
      for (let sizeBytes = 1 << 20; sizeBytes >= 1; sizeBytes >>= 1) fillWith(file, sizeBytes);
    } finally {
      chmodSync(file, 0o600);
    }
    return () => rmSync(file);
  }

  function fillWith(file: string, sizeBytes: number): void {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(sizeBytes), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  it('a read-only HOME: one sentence whatever is typed, and all works when it can be written again', async () => {
    mountSmallDisk(home.home, '8m');
    mount('-o', 'remount,ro', home.home);
    for (const args of [['status'], ['up'], ['work', 'status'], ['project', 'add', home.repository.path], ['init']]) {
      assertPlain(await home.pan(args), /read-only file system[\s\S]*PANOPTICON_HOME/);
    }
    assert.deepEqual(readdirSync(home.home), []);
    assert.deepEqual(await home.daemons(), []);
    mount('-o', 'remount,rw', home.home);
    await home.addProject();
    const id = await home.issue('It can be written again');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'idle');
  });

  it('a HOME that turns read-only while a daemon runs: reading works, writing says why', async () => {
    mountSmallDisk(home.home, '8m');
    home.script([[{ hang: true }]]);
    await home.addProject();
    const id = await home.issue('Then it cannot be written');
    await home.issue('Nor this');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'working');
    await home.json(['work', 'hook', 'push', id, 'before']);
    mount('-o', 'remount,ro', home.home);
    assert.deepEqual(
      (await home.json<{ agents: Agent[] }>(['work', 'status'])).agents.map(({ status }) => status),
      ['working'],
    );
    assertPlain(await home.pan(['work', 'hook', 'push', id, 'now']), /read-only file system/);
    assertPlain(await home.pan(['work', 'tell', id, 'hello']), /read-only file system/);
    assertPlain(await home.pan(['work', 'issue', 'MIN-2']), /read-only file system/);
    await home.json(['daemon', 'stop']);
    assertPlain(await home.pan(['status']), /read-only file system/);
    mount('-o', 'remount,rw', home.home);
    assert.equal((await home.agent(id, 'working')).hookItems, 1);
    await home.json(['work', 'issue', 'MIN-2']);
  });

  it('a full HOME, before anything is there: one sentence, and all works when there is space again', async () => {
    mountSmallDisk(home.home, '256k');
    const free = fill(home.home);
    for (const args of [['status'], ['up'], ['init']])
      assertPlain(await home.pan(args), /disk is full[\s\S]*[Ff]ree some space/);
    assert.deepEqual(await home.daemons(), []);
    free();
    assert.equal((await home.pan(['status'])).code, 0);
  });

  it('a HOME that fills up while a daemon runs: nothing is half done, what was there is unharmed, agents go on', async () => {
    mountSmallDisk(home.home, '2m');
    home.script([[{ hang: true }]]);
    await home.addProject();
    for (const title of ['First', 'Second']) await home.issue(title);
    await home.json(['work', 'issue', 'MIN-1']);
    const before = await home.agent('MIN-1', 'working');
    await home.json(['work', 'hook', 'push', 'MIN-1', 'before']);
    const sizes = sizesIn(home.home);
    const free = fill(home.home);
    assertPlain(await home.pan(['work', 'hook', 'push', 'MIN-1', 'x'.repeat(5000)]), /disk is full/);
    assertPlain(await home.pan(['work', 'issue', 'MIN-2']), /disk is full/);
    assertPlain(await home.pan(['work', 'tell', 'MIN-1', 'hello '.repeat(1000)]), /disk is full/);
    const { agents } = await home.json<{ agents: Agent[] }>(['work', 'status']);
    assert.deepEqual([agents[0]?.status, agents[0]?.pid], ['working', before.pid]);
    assert.ok(!agents.some(({ status }) => status === 'unreadable'), JSON.stringify(agents));
    assert.deepEqual(
      Object.keys(sizesIn(home.home)).filter((file) => file.endsWith('.tmp')),
      [],
    );
    free();
    const after = sizesIn(home.home);
    for (const file of Object.keys(sizes).filter((name) => /(state|hook|projects)\.json$/.test(name))) {
      assert.equal(after[file], sizes[file], file);
    }
    await home.json(['work', 'hook', 'push', 'MIN-1', 'after']);
    await home.json(['work', 'issue', 'MIN-2']);
    await home.agent('MIN-2', 'working');
  });

  it('a full disk under the project: no half issue, no half workspace, and both work when there is space again', async () => {
    mountSmallDisk(home.repository.path, '2m');
    home.repository.git(['init', '--quiet', '--initial-branch=main']);
    home.repository.commit({ 'big.bin': 'x'.repeat(600_000) });
    await home.addProject();
    await home.issue('There was space');
    const free = fill(home.repository.path);
    assertPlain(await home.pan(['issue', 'create', 'No space']), /disk is full/);
    assertPlain(await home.pan(['workspace', 'create', 'MIN-1']), /disk is full|no space/i);
    assert.deepEqual((await home.json<{ workspaces: Workspace[] }>(['workspace', 'list'])).workspaces, []);
    const listed = await home.json<{ issues: Issue[]; broken?: unknown[] }>(['issue', 'list']);
    assert.deepEqual([listed.issues.map(({ id }) => id), listed.broken ?? []], [['MIN-1'], []]);
    free();
    assert.equal((await home.json<{ workspace: Workspace }>(['workspace', 'create', 'MIN-1'])).workspace.state, 'ok');
    assert.equal(await home.issue('Space again'), 'MIN-2');
  });
});

/** The size of every file below a folder. */
function sizesIn(folder: string): Record<string, number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(files.map((file) => [file, statSync(path.join(folder, file)).size]));
}
