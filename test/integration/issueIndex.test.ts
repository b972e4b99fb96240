import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { KeyedMutex } from '../../runner/core/files/keyedMutex.ts';
import { systemClock } from '../../runner/core/systemClock.ts';
import { LocalTracker } from '../../runner/core/trackers/local/localTracker.ts';
import { type WatchPath, watchPath } from '../../runner/core/transcripts/watchPath.ts';
import { issueStates } from '../../runner/protocol/enumerations.ts';
import type { Project } from '../../runner/protocol/models.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { waitFor } from '../support/waitFor.ts';

const refusing: WatchPath = () => {
  throw Object.assign(new Error('no watches left'), { code: 'ENOSPC' });
};

describe('the index of issues', () => {
  const folder = useTempFolder();
  let ends: (() => void)[] = [];
  let told: string[][];

  afterEach(() => {
    for (const end of ends) end();
    ends = [];
  });

  /** A watched tracker over real files. */
  function arrange(watch: WatchPath = watchPath) {
    told = [];
    const project: Project = {
      name: 'min',
      path: folder(),
      prefix: 'MIN',
      tracker: 'local',
      defaultBranch: 'main',
      addedAt: '',
    };
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const tracker = new LocalTracker({ clock: systemClock, log, mutex: new KeyedMutex(), watch });
    ends.push(tracker.watch(project, (ids) => told.push(ids)));
    const issues = path.join(folder(), '.panopticon/issues');
    const write = (number: number, title: string) => writeFileSync(path.join(issues, `MIN-${number}.md`), text(title));
    const titles = async () => {
      const { issues: found, broken } = await tracker.list(project, { states: issueStates });
      return [...found.map(({ id, title }) => `${id} ${title}`), ...broken.map(({ id }) => `${id} broken`)].sort();
    };
    return { tracker, project, issues, write, titles };
  }

  for (const [name, watch] of [
    ['is watched', watchPath],
    ['cannot be watched', refusing],
  ] as const) {
    it(`answers with what was written before, where the folder ${name}`, async () => {
      const { issues, write, titles } = arrange(watch);
      assert.deepEqual(await titles(), []);
      mkdirSync(issues, { recursive: true });
      for (let round = 0; round < 300; round += 1) {
        write(1, `round ${round}`);
        assert.deepEqual(await titles(), [`MIN-1 round ${round}`]);
      }
    });

    it(`knows files that come, go and change in any way, where the folder ${name}`, async () => {
      const { issues, write, titles } = arrange(watch);
      mkdirSync(issues, { recursive: true });
      write(1, 'one');
      assert.deepEqual(await titles(), ['MIN-1 one']);
      const file = path.join(issues, 'MIN-1.md');
      const { atime, mtime } = statSync(file);
      write(1, 'two');
      utimesSync(file, atime, mtime);
      assert.deepEqual(await titles(), ['MIN-1 two']);
      writeFileSync(path.join(issues, '.MIN-1.tmp'), text('six'));
      renameSync(path.join(issues, '.MIN-1.tmp'), file);
      assert.deepEqual(await titles(), ['MIN-1 six']);
      writeFileSync(path.join(issues, 'MIN-2.md'), '---\nstate: nonsense\n---\n# x');
      assert.deepEqual(await titles(), ['MIN-1 six', 'MIN-2 broken']);
      rmSync(path.join(issues, 'MIN-2.md'));
      renameSync(file, path.join(issues, 'min-3.md'));
      assert.deepEqual(await titles(), ['MIN-3 six']);
      appendFileSync(path.join(issues, 'min-3.md'), 'body\n');
      assert.deepEqual(await titles(), ['MIN-3 six']);
    });

    it(`knows a folder that another takes the place of, where it ${name}`, async () => {
      const { issues, write, titles } = arrange(watch);
      mkdirSync(issues, { recursive: true });
      write(1, 'old');
      assert.deepEqual(await titles(), ['MIN-1 old']);
      const above = path.dirname(issues);
      renameSync(above, `${above}.before`);
      assert.deepEqual(await titles(), []);
      mkdirSync(issues, { recursive: true });
      write(1, 'new');
      assert.deepEqual(await titles(), ['MIN-1 new']);
      write(1, 'newer');
      assert.deepEqual(await titles(), ['MIN-1 newer']);
      rmSync(issues, { recursive: true });
      assert.deepEqual(await titles(), []);
      mkdirSync(issues);
      write(2, 'last');
      assert.deepEqual(await titles(), ['MIN-2 last']);
    });
  }

  // Elsewhere a watch tells too late to be relied on.
  if (process.platform === 'linux') {
    it('looks only at what changed, where it is watched', async () => {
      const { issues, titles, write } = arrange();
      mkdirSync(issues, { recursive: true });
      for (let number = 1; number <= 2_000; number += 1) write(number, 'x');
      const all = await titles();
      const start = performance.now();
      for (let count = 0; count < 20; count += 1) assert.deepEqual(await titles(), all);
      const perCallMs = (performance.now() - start) / 20;
      assert.ok(perCallMs < 50, `${perCallMs} ms for 2,000 issues`);
    });
  }

  it('tells of changed issues, and of nothing else in the folder', async () => {
    const { issues, write } = arrange();
    mkdirSync(issues, { recursive: true });
    await waitFor(() => told.length > 0 || undefined, { timeoutMs: 5_000, what: 'the folder to be seen' });
    writeFileSync(path.join(issues, '.last'), '7\n');
    writeFileSync(path.join(issues, 'notes.txt'), '');
    write(7, 'x');
    await waitFor(() => told.flat().includes('MIN-7') || undefined, { timeoutMs: 5_000, what: 'MIN-7' });
    assert.deepEqual([...new Set(told.flat())], ['MIN-7']);
  });

  it('serves those that ask at the same moment, each with what was there before', async () => {
    const { issues, write, titles } = arrange();
    mkdirSync(issues, { recursive: true });
    const answers = Array.from({ length: 20 }, async (_, index) => {
      write(index + 1, 'x');
      return (await titles()).length;
    });
    const counts = await Promise.all(answers);
    for (const [index, count] of counts.entries()) assert.ok(count >= index + 1, `${count} of ${index + 1}`);
  });
});

function text(title: string): string {
  return `---\ntitle: ${title}\nstate: todo\n---\n\nbody\n`;
}
