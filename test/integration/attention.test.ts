import assert from 'node:assert/strict';
import type { RunnerClient } from '../../runner/client/runnerClient.ts';
import type { Notice, WindowState } from '../../runner/protocol/attention.ts';
import type { DaemonStatus } from '../../runner/protocol/models.ts';
import { patienceMs, useRunnerHome } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import { aPolicy, aWindow } from '../unit/attention/models.ts';

const ask = { permission: { tool: 'Bash', command: 'npm test' }, always: true };
const policy = { ...aPolicy(), delaySeconds: 0.2, everySeconds: 0 };

describe('what is announced of agents', () => {
  const the = useRunnerHome();
  let windows: { client: RunnerClient; notices: Notice[] }[];

  beforeEach(() => {
    windows = [];
  });

  afterEach(() => {
    for (const { client } of windows) client.close();
  });

  /** A client that is a window. */
  async function open(state: Partial<WindowState> = {}): Promise<(typeof windows)[number]> {
    const window = { client: await the().connect(), notices: [] as Notice[] };
    window.client.onPresent((notice) => window.notices.push(notice));
    windows.push(window);
    await window.client.attention.window(aWindow({ policy, ...state }));
    return window;
  }

  /** Starts an agent that asks at once, and says its issue's id. */
  async function startAsking(title: string): Promise<string> {
    const id = await the().issue(title);
    await the().json(['work', 'issue', id]);
    return id;
  }

  /** All notices, once there are so many. */
  function presented(count: number): Promise<Notice[]> {
    const all = () => windows.flatMap(({ notices }) => notices);
    const probe = () => (all().length >= count ? all() : undefined);
    return waitFor(probe, { timeoutMs: patienceMs, what: `${count} notices` });
  }

  async function prepare(): Promise<void> {
    the().script([[ask]]);
    await the().addProject();
  }

  it('reaches exactly one of two windows, with what can be answered', async () => {
    await prepare();
    const [unfocused, focused] = [await open({ focused: false }), await open()];
    const id = await startAsking('Ask');
    const agent = await the().agent(id, 'waiting');
    const [notice, another] = await presented(1);
    assert.ok(notice !== undefined && another === undefined);
    const { id: noticeId, ...rest } = notice;
    assert.notEqual(noticeId, '');
    assert.deepEqual(rest, {
      kind: 'permission',
      text: 'MIN-1 (rehearsal) wants to run: npm test',
      agents: ['agent-min-1'],
      request: {
        requestId: agent.ask?.requestId,
        kind: 'permission',
        brief: true,
        isEdit: false,
        answers: ['allow', 'session', 'deny', 'text'],
        options: [],
      },
    });
    assert.deepEqual([unfocused.notices.length, focused.notices.length], [0, 1]);
  });

  it('is nothing that is looked at, or was answered at once; and what follows is told', async () => {
    await prepare();
    const window = await open({ lookingAt: ['agent-min-1'], policy: { ...policy, delaySeconds: 3 } });
    await the().agent(await startAsking('One'), 'waiting');
    const answered = await startAsking('Two');
    await the().agent(answered, 'waiting');
    // At once, which a process of its own is not on a busy machine.
    await window.client.requests.answer({ id: answered, answer: 'deny' });
    await the().agent(await startAsking('Three'), 'waiting');
    const [notice] = await presented(1);
    assert.deepEqual([notice?.agents, window.notices.length], [['agent-min-3'], 1]);
  });

  it('is told once, also when the daemon was killed in between', async () => {
    await prepare();
    const first = await open();
    await startAsking('One');
    await presented(1);
    process.kill((await the().json<DaemonStatus>(['daemon', 'status'])).pid ?? 0, 'SIGKILL');
    await waitFor(async () => ((await the().daemons()).length === 0 ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the daemon to die',
    });
    first.client.close();
    windows = [];
    const second = await open();
    await startAsking('Two');
    const notices = await presented(1);
    assert.deepEqual([notices.flatMap(({ agents }) => agents), second.notices.length], [['agent-min-2'], 1]);
  });

  it('waits in a summary while notifications are paused', async () => {
    await prepare();
    const window = await open();
    const changed: string[] = [];
    window.client.onDidChange(({ scope }) => changed.push(scope));
    assert.deepEqual(await window.client.attention.mute({ until: 'always' }), { until: 'always' });
    await the().agent(await startAsking('One'), 'waiting');
    assert.deepEqual(await window.client.attention.muting(), { until: 'always' });
    assert.deepEqual(window.notices, []);
    await window.client.attention.mute({ until: null });
    assert.deepEqual(
      (await presented(1)).flatMap(({ agents }) => agents),
      ['agent-min-1'],
    );
    assert.deepEqual(changed.filter((scope) => scope === 'attention').length, 2);
  });
});
