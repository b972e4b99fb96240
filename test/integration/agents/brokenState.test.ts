import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Agent, BrokenIssue, Issue } from '../../../runner/protocol/models.ts';
import { RunnerHome } from '../../support/runnerHome.ts';

/** What a crash, a full disk, or somebody hostile may leave in place of a file. Each gets the file's good content. */
const breakages: Record<string, (file: string, good: string) => void> = {
  truncated: (file, good) => writeFileSync(file, good.slice(0, good.length / 2)),
  empty: (file) => writeFileSync(file, ''),
  'zeros, as after a power cut': (file, good) => writeFileSync(file, Buffer.alloc(good.length)),
  'binary garbage': (file) =>
    writeFileSync(file, Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))),
  'JSON of the wrong kind': (file) => writeFileSync(file, '[1, 2, null]'),
  'JSON null': (file) => writeFileSync(file, 'null'),
  'wrong types': (file) =>
    writeFileSync(file, '{"schema":1,"id":{},"items":"x","projects":7,"intent":["running"],"leader":"pid"}'),
  'hostile JSON': (file) =>
    writeFileSync(file, '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"schema":1}'),
  'JSON nested a million times': (file) => writeFileSync(file, '['.repeat(1_000_000)),
  huge: (file) => truncateSync(file, 2 ** 34),
  'a folder': (file) => {
    rmSync(file);
    mkdirSync(path.join(file, 'inside'), { recursive: true });
  },
  'a pipe': (file) => {
    rmSync(file);
    execFileSync('mkfifo', [file]);
  },
};

for (const alive of [false, true]) {
  describe(`a broken file of an agent, ${alive ? 'found while the daemon runs' : 'found when a daemon starts'}`, () => {
    let home: RunnerHome;
    const good = new Map<string, string>();

    before(async () => {
      home = new RunnerHome();
      home.script([[{ hang: true }]]);
      await home.addProject();
      for (const title of ['First', 'Second']) {
        const id = await home.issue(title);
        await home.json(['work', 'hook', 'push', id, `work for ${id}`]);
        await home.json(['work', 'issue', id]);
        await home.agent(id, 'working');
        await home.json(['work', 'hook', 'push', id, `more work for ${id}`]);
      }
      for (const file of ['state.json', 'hook.json', 'events.jsonl']) good.set(file, readFileSync(at(file), 'utf8'));
    });
    after(() => home.stop());
    afterEach(async () => {
      await home.json(['daemon', 'stop']);
      for (const [file, content] of good) {
        rmSync(at(file), { recursive: true, force: true });
        rmSync(`${at(file)}.broken`, { recursive: true, force: true });
        writeFileSync(at(file), content);
      }
    });

    const at = (file: string) => path.join(home.paths.agent('agent-min-1').folder, file);

    /** Breaks a file and lists the agents; the other one must be listed as ever. */
    async function listed(file: string, how: string): Promise<Agent> {
      if (alive) await home.json(['work', 'status']);
      else await home.json(['daemon', 'stop']);
      breakages[how]?.(at(file), good.get(file) ?? '');
      const { agents } = await home.json<{ agents: Agent[] }>(['work', 'status']);
      assert.equal(agents.length, 2);
      const [broken, other] = agents;
      if (broken === undefined || other === undefined) throw new Error('two agents were expected');
      assert.deepEqual([other.issueId, other.status, other.title, other.hookItems], ['MIN-2', 'working', 'Second', 1]);
      assert.equal(broken.issueId, 'MIN-1');
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      const table = await home.pan(['work', 'status']);
      assert.equal(table.code, 0, table.stderr);
      for (const id of ['MIN-1', 'MIN-2']) assert.match(table.stdout, new RegExp(id));
      return broken;
    }

    for (const how of Object.keys(breakages)) {
      it(`state.json: ${how}: is shown as unreadable with the reason, and is kept`, async () => {
        const agent = await listed('state.json', how);
        assert.equal(agent.status, 'unreadable');
        assert.match(agent.reason, /^state\.json cannot be read \(.+\)$/);
        assert.ok(existsSync(at('state.json.broken')), 'what was broken is kept aside');
        const why = await home.pan(['work', 'why', 'MIN-1']);
        assert.deepEqual([why.code, why.stderr], [0, '']);
        const told = await home.pan(['work', 'tell', 'MIN-1', 'hello']);
        assert.equal(told.code, 1);
        assert.match(told.stderr, /^error: .*unreadable.*\n.*hint: .*pan work kill MIN-1/);
      });

      it(`hook.json: ${how}: the agent is listed, and its hook is named as unreadable and left as it is`, async () => {
        const agent = await listed('hook.json', how);
        assert.equal(agent.status, 'working');
        for (const args of [
          ['check', 'MIN-1'],
          ['push', 'MIN-1', 'more'],
        ]) {
          const { code, stderr } = await home.pan(['work', 'hook', ...args]);
          assert.equal(code, 1, stderr);
          assert.match(stderr, /^error: .*hook\.json cannot be read \(.+\)/);
        }
        assert.ok(existsSync(at('hook.json')));
        const other = await home.pan(['work', 'hook', 'check', 'MIN-2']);
        assert.match(other.stdout, /work for MIN-2/);
      });

      it(`events.jsonl: ${how}: the agent is listed with what is still known`, async () => {
        const agent = await listed('events.jsonl', how);
        assert.notEqual(agent.pid, null);
        assert.ok(!['crashed', 'stopped', 'done'].includes(agent.status), `${agent.status}: it lives`);
      });
    }

    it('state.json of a newer schema is not broken: it is left alone, and the user is told to update', async () => {
      breakages['newer'] = (file, content) => writeFileSync(file, content.replace('"schema": 1', '"schema": 2'));
      const agent = await listed('state.json', 'newer');
      delete breakages['newer'];
      assert.equal(agent.status, 'unreadable');
      assert.match(agent.reason, /newer Panopticon; update/);
      assert.match(readFileSync(at('state.json'), 'utf8'), /"schema": 2/);
    });

    it('state.json of another agent is not believed', async () => {
      const other = readFileSync(home.paths.agent('agent-min-2').state, 'utf8');
      breakages['foreign'] = (file) => writeFileSync(file, other);
      breakages['forged'] = (file, content) =>
        writeFileSync(file, content.replace('"issueId": "MIN-1"', '"issueId": "MIN-2"'));
      assert.equal((await listed('state.json', 'foreign')).status, 'unreadable');
      writeFileSync(at('state.json'), good.get('state.json') ?? '');
      assert.equal((await listed('state.json', 'forged')).status, 'unreadable');
      delete breakages['foreign'];
      delete breakages['forged'];
    });

    it('events.jsonl with a line cut off, lines of others, and times that are none', async () => {
      const launchId = (JSON.parse(good.get('state.json') ?? '{}') as { launchId: string }).launchId;
      const forged = {
        source: 'hook',
        at: 'yesterday',
        launchId,
        event: { hook_event_name: 'PreToolUse', tool_name: { a: 1 } },
      };
      breakages['forged'] = (file) =>
        appendFileSync(file, `{"cut": "of\n\0\0\n${JSON.stringify(forged)}\n{"source":"runner","at":1}\n`);
      const agent = await listed('events.jsonl', 'forged');
      delete breakages['forged'];
      assert.equal(agent.status, 'working');
      assert.ok(!Number.isNaN(Date.parse(agent.since)), agent.since);
    });
  });
}

describe('broken files that belong to no agent', () => {
  let home: RunnerHome;
  before(async () => {
    home = new RunnerHome();
    home.script([[{ hang: true }]]);
    await home.addProject();
    await home.issue('First');
    await home.issue('Second');
    await home.json(['work', 'issue', 'MIN-2']);
  });
  after(() => home.stop());

  for (const [how, breakIt] of Object.entries(breakages)) {
    it(`projects.json: ${how}: is named and kept; agents are still listed, told, and can be killed`, async () => {
      const file = home.paths.projectsFile;
      const good = readFileSync(file, 'utf8');
      breakIt(file, good);
      try {
        const { agents } = await home.json<{ agents: Agent[] }>(['work', 'status']);
        assert.deepEqual(
          agents.map(({ issueId }) => issueId),
          ['MIN-2'],
        );
        const added = await home.pan(['project', 'add', home.repository.path]);
        assert.equal(added.code, 1);
        assert.match(added.stderr, /^error: .*projects\.json cannot be read \(.+\)/);
        assert.ok(existsSync(file), 'it was not replaced');
        const killed = await home.pan(['work', 'kill', 'MIN-2']);
        assert.equal(killed.code, 0, killed.stderr);
      } finally {
        rmSync(file, { recursive: true, force: true });
        writeFileSync(file, good);
      }
      await home.json(['work', 'resume', 'MIN-2']);
    });

    it(`an issue's file: ${how}: is named as broken, and the others are listed`, async () => {
      const file = path.join(home.repository.path, '.panopticon/issues/MIN-1.md');
      const good = readFileSync(file, 'utf8');
      breakIt(file, good);
      try {
        const { issues, broken = [] } = await home.json<{ issues: Issue[]; broken?: BrokenIssue[] }>(['issue', 'list']);
        assert.ok(issues.some(({ id }) => id === 'MIN-2'));
        if (how === 'truncated') return;
        assert.deepEqual(
          broken.map(({ id }) => id),
          ['MIN-1'],
        );
        assert.notEqual(broken[0]?.reason ?? '', '');
        const shown = await home.pan(['issue', 'show', 'MIN-1']);
        assert.equal(shown.code, 1, shown.stderr);
        assert.match(shown.stderr, /^error: .*MIN-1/);
      } finally {
        rmSync(file, { recursive: true, force: true });
        writeFileSync(file, good);
      }
    });
  }
});
