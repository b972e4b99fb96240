import assert from 'node:assert/strict';
import { IssueService } from '../../../runner/core/issues/issueService.ts';
import type { IssueChange, NewIssue, Tracker } from '../../../runner/core/trackers/tracker.ts';
import { issueStates, priorities } from '../../../runner/protocol/enumerations.ts';
import { UserError } from '../../../runner/protocol/errors.ts';
import type { IssueDetails, Project } from '../../../runner/protocol/models.ts';
import type { DidChangeParams, IssueSearchParams } from '../../../runner/protocol/requests.ts';

const myn: Project = {
  name: 'myn',
  path: '/src/myn',
  prefix: 'MIN',
  tracker: 'memory',
  defaultBranch: 'main',
  addedAt: '2026-01-01T00:00:00.000Z',
};
const broken: Project = { ...myn, name: 'broken', path: '/src/broken', prefix: 'BRO', tracker: 'failing' };
const strange: Project = { ...myn, name: 'strange', path: '/src/strange', prefix: 'STR', tracker: 'linear' };

describe('IssueService', () => {
  it('creates issues with defaults, titles on one line and the body as it is', async () => {
    const { service, changes } = arrange([myn]);
    const issue = await service.create({ title: ' Fix\nthe \u001b[31mlogin\u0007 ', body: '\r\n a\n\n' });
    assert.deepEqual(issue, {
      ...blank('MIN-1'),
      title: 'Fix the login',
      body: '\r\n a\n\n',
    });
    assert.deepEqual(changes, [{ scope: 'issues', ids: ['MIN-1'] }]);
  });

  it('refuses empty and overlong titles as usage errors and creates nothing', async () => {
    const { service, changes } = arrange([myn]);
    for (const title of ['', ' \n\t', '\u001b[31m', 'x'.repeat(501)]) {
      await assert.rejects(service.create({ title }), { code: 'badField', kind: 'usage' });
    }
    assert.equal((await service.create({ title: 'x'.repeat(500) })).title.length, 500);
    assert.equal(changes.length, 1);
  });

  it('refuses labels that are too long or too many', async () => {
    const { service } = arrange([myn]);
    const many = Array.from({ length: 31 }, (_, index) => `label ${index}`);
    for (const labels of [['x'.repeat(101)], many]) {
      await assert.rejects(service.create({ title: 'one', labels }), { code: 'badField', kind: 'usage' });
    }
    assert.equal((await service.create({ title: 'one', labels: many.slice(1) })).labels.length, 30);
  });

  it('lists what is open, first by state, then by priority, then by number', async () => {
    const { service, store } = arrange([myn]);
    let number = 100;
    for (const state of issueStates) {
      for (const priority of [...priorities].reverse()) {
        number -= 1;
        store.set(`MIN-${number}`, { ...blank(`MIN-${number}`), state, priority });
      }
    }
    store.set('MIN-7', { ...blank('MIN-7'), state: 'in_progress', priority: 'urgent' });
    const { issues } = await service.list({});
    assert.deepEqual(
      [...new Set(issues.map((issue) => issue.state))],
      ['in_progress', 'in_review', 'planning', 'todo', 'backlog'],
    );
    assert.deepEqual(
      issues.slice(0, 5).map((issue) => [issue.id, issue.priority]),
      [
        ['MIN-7', 'urgent'],
        ['MIN-84', 'urgent'],
        ['MIN-85', 'high'],
        ['MIN-86', 'normal'],
        ['MIN-87', 'low'],
      ],
    );
    const closed = await service.list({ states: ['done', 'canceled'] });
    assert.deepEqual([...new Set(closed.issues.map((issue) => issue.state))], ['done', 'canceled']);
  });

  it('names projects whose tracker fails and lists the others', async () => {
    const { service } = arrange([myn, broken, strange]);
    await service.create({ title: 'one', project: 'myn' });
    const result = await service.list({});
    assert.deepEqual(
      result.issues.map((issue) => issue.id),
      ['MIN-1'],
    );
    assert.deepEqual(result.broken, [
      { id: 'BRO', project: 'broken', path: '/src/broken', reason: 'the disk is on fire' },
      {
        id: 'STR',
        project: 'strange',
        path: '/src/strange',
        reason: 'Project strange takes its issues from linear, which this version cannot read.',
      },
    ]);
    await assert.rejects(service.list({ project: 'strange' }), { code: 'unknownTracker' });
  });

  it('changes only the fields that are given', async () => {
    const { service, changes } = arrange([myn]);
    await service.create({ title: 'one', labels: ['a', 'a', ' b\n', ''] });
    const edited = await service.edit({ id: 'agent-min-1', priority: 'high' });
    assert.deepEqual(edited, { ...blank('MIN-1'), title: 'one', labels: ['a', 'b'], priority: 'high' });
    assert.deepEqual(changes.at(-1), { scope: 'issues', ids: ['MIN-1'] });
  });

  it('refuses an edit of nothing and values that do not exist as usage errors', async () => {
    const { service } = arrange([myn]);
    await service.create({ title: 'one' });
    await assert.rejects(service.edit({ id: 'MIN-1' }), { code: 'nothingToChange', kind: 'usage' });
    const fromOutside: { id: string } = JSON.parse('{"id":"MIN-1","state":"doing"}');
    await assert.rejects(service.edit(fromOutside), {
      code: 'badField',
      kind: 'usage',
      message: "'doing' is not a state.",
    });
  });

  it('closes as done, or as canceled', async () => {
    const { service } = arrange([myn]);
    await service.create({ title: 'one' });
    assert.equal((await service.close({ id: 'min-1' })).state, 'done');
    assert.equal((await service.close({ id: 'min-1', as: 'canceled' })).state, 'canceled');
  });

  it('counts and searches all projects, and names one whose tracker fails', async () => {
    const { service, store } = arrange([myn, broken]);
    store.set('MIN-1', { ...blank('MIN-1'), labels: ['bug'] });
    store.set('MIN-2', { ...blank('MIN-2'), state: 'done', labels: ['bug', 'ui'] });
    const failed = [{ id: 'BRO', project: 'broken', path: '/src/broken', reason: 'the disk is on fire' }];
    assert.deepEqual(await service.counts({}), {
      counts: [
        { project: 'myn', state: 'todo', count: 1 },
        { project: 'myn', state: 'done', count: 1 },
      ],
      labels: ['bug', 'ui'],
      broken: failed,
    });
    assert.deepEqual((await service.counts({ states: ['done'], labels: ['bug'] })).counts, [
      { project: 'myn', state: 'done', count: 1 },
    ]);
    const ids = async (params: Partial<IssueSearchParams>) => {
      const { issues, total } = await service.search({ text: '', limit: 50, ...params });
      return [issues.map(({ id }) => id), total];
    };
    assert.deepEqual(await ids({}), [['MIN-1', 'MIN-2'], 2]);
    assert.deepEqual(await ids({ limit: 1 }), [['MIN-1'], 2]);
    assert.deepEqual(await ids({ states: ['done'] }), [['MIN-2'], 1]);
    assert.deepEqual(await ids({ labels: ['bug', 'ui'] }), [['MIN-2'], 1]);
    await assert.rejects(service.counts({ project: 'broken' }), { message: 'the disk is on fire' });
  });

  it('pages through the issues of a state', async () => {
    const { service, store } = arrange([myn]);
    for (let number = 1; number <= 5; number += 1) store.set(`MIN-${number}`, blank(`MIN-${number}`));
    store.set('MIN-9', { ...blank('MIN-9'), priority: 'urgent', labels: ['bug'] });
    store.set('MIN-8', { ...blank('MIN-8'), state: 'done' });
    const page = async (offset: number, labels?: string[]) => {
      const { issues, total } = await service.page({ project: 'myn', state: 'todo', offset, limit: 3, labels });
      return [issues.map(({ id }) => id), total];
    };
    assert.deepEqual(await page(0), [['MIN-9', 'MIN-1', 'MIN-2'], 6]);
    assert.deepEqual(await page(3), [['MIN-3', 'MIN-4', 'MIN-5'], 6]);
    assert.deepEqual(await page(6), [[], 6]);
    assert.deepEqual(await page(0, ['bug']), [['MIN-9'], 1]);
  });

  it('says which ids are none before it asks anybody', async () => {
    const { service } = arrange([]);
    await assert.rejects(service.show({ id: 'foo bar' }), { code: 'badId' });
    await assert.rejects(service.edit({ id: '#1', title: 'x' }), { code: 'badId' });
    await assert.rejects(service.close({ id: '' }), { code: 'badId' });
  });
});

function blank(id: string): IssueDetails {
  return {
    id,
    title: id,
    state: 'todo',
    labels: [],
    priority: 'normal',
    tracker: 'memory',
    url: `memory:${id}`,
    project: 'myn',
    body: '',
    createdAt: null,
    updatedAt: null,
  };
}

function arrange(projects: Project[]): {
  service: IssueService;
  store: Map<string, IssueDetails>;
  changes: DidChangeParams[];
} {
  const store = new Map<string, IssueDetails>();
  const changes: DidChangeParams[] = [];
  const trackers = new Map([memoryTracker(store), failingTracker()].map((tracker) => [tracker.name, tracker]));
  const find = (matches: (project: Project) => boolean): Project => {
    const project = projects.find(matches);
    if (project === undefined) throw new UserError({ code: 'noProject', message: 'There is no such project.' });
    return project;
  };
  const service = new IssueService({
    projects: {
      ofIssue: async (id) => find((project) => id.startsWith(`${project.prefix}-`)),
      resolve: async (place) => find((project) => place.project === undefined || place.project === project.name),
      list: async () => projects,
    },
    trackers,
    changes: { fire: (change) => changes.push(change) },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return { service, store, changes };
}

function memoryTracker(store: Map<string, IssueDetails>): Tracker {
  const save = (issue: IssueDetails): IssueDetails => {
    store.set(issue.id, issue);
    return issue;
  };
  const get = async (_project: Project, id: string): Promise<IssueDetails> => store.get(id) ?? blank(id);
  return {
    name: 'memory',
    create: async (_project: Project, fields: NewIssue) => save({ ...blank(`MIN-${store.size + 1}`), ...fields }),
    list: async (_project, filter) => ({
      issues: [...store.values()].filter((issue) => filter.states.includes(issue.state)),
      broken: [],
    }),
    get,
    update: async (project: Project, id: string, change: IssueChange) =>
      save({ ...(await get(project, id)), ...change }),
  };
}

function failingTracker(): Tracker {
  const fail = async (): Promise<never> => {
    throw new Error('the disk is on fire');
  };
  return { name: 'failing', create: fail, list: fail, get: fail, update: fail };
}
