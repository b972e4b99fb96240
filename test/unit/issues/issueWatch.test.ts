import assert from 'node:assert/strict';
import { Changes } from '../../../runner/core/changes.ts';
import { IssueWatch } from '../../../runner/core/issues/issueWatch.ts';
import type { Tracker } from '../../../runner/core/trackers/tracker.ts';
import type { Project } from '../../../runner/protocol/models.ts';
import type { DidChangeParams } from '../../../runner/protocol/requests.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('the watch for issues that are changed beside the runner', () => {
  let clock: MovableClock;
  let changes: Changes;
  let fired: DidChangeParams[];
  let projects: Project[];
  let told: Map<string, (ids: string[]) => void>;
  let watch: IssueWatch;
  const watched = (...names: string[]) =>
    waitFor(() => [...told.keys()].join() === names.join() || undefined, { timeoutMs: 2_000, what: names.join() });

  beforeEach(() => {
    clock = new MovableClock();
    changes = new Changes();
    fired = [];
    told = new Map();
    projects = [aProject('myn'), aProject('far', 'linear')];
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const trackers = new Map([['local', watchable(told)]]);
    watch = new IssueWatch({ projects: { list: async () => projects }, trackers, changes, clock, log });
    changes.listen((change) => {
      if (change.scope === 'issues') fired.push(change);
    });
  });

  it('announces what changed, gathered, while a client is connected', async () => {
    watch.clientsChanged(1);
    await watched('myn');
    told.get('myn')?.(['MIN-1']);
    told.get('myn')?.(['MIN-1']);
    clock.move(60);
    told.get('myn')?.(['MIN-2']);
    clock.move(39);
    assert.deepEqual(fired, []);
    clock.move(1);
    assert.deepEqual(fired, [{ scope: 'issues', ids: ['MIN-1', 'MIN-2'] }]);
    assert.equal(clock.waiting, 0);
    told.get('myn')?.(['MIN-2']);
    told.get('myn')?.([]);
    clock.move(100);
    assert.deepEqual(fired[1], { scope: 'issues', ids: [] });
  });

  it('ends with the last client, and begins again with the next', async () => {
    watch.clientsChanged(1);
    await watched('myn');
    watch.clientsChanged(2);
    told.get('myn')?.(['MIN-1']);
    watch.clientsChanged(0);
    assert.deepEqual([told.size, clock.waiting], [0, 0]);
    clock.move(200);
    assert.deepEqual(fired, []);
    watch.clientsChanged(1);
    await watched('myn');
  });

  it('follows projects that come and go', async () => {
    watch.clientsChanged(1);
    await watched('myn');
    projects = [aProject('new')];
    changes.fire({ scope: 'projects', ids: [] });
    await watched('new');
  });
});

function aProject(name: string, tracker = 'local'): Project {
  return { name, path: `/src/${name}`, prefix: 'MIN', tracker, defaultBranch: 'main', addedAt: '' };
}

function watchable(told: Map<string, (ids: string[]) => void>): Tracker {
  const refuse = (): Promise<never> => Promise.reject(new Error('nobody expected this'));
  return {
    name: 'local',
    create: refuse,
    list: refuse,
    get: refuse,
    update: refuse,
    watch(project, onChange) {
      told.set(project.name, onChange);
      return () => told.delete(project.name);
    },
  };
}
