import assert from 'node:assert/strict';
import { failure, Link, World } from './support/runnerWorld.ts';

describe('ReconnectingRunner', () => {
  it('connects, then says that everything is stale', async () => {
    const world = new World();
    const scopes: string[] = [];
    world.runner.onDidChange(({ scope, ids }) => scopes.push(`${scope} ${ids.length}`));
    const link = world.nextLink();
    world.runner.start();
    assert.equal(world.runner.state, 'starting');
    await world.settled();

    assert.equal(world.runner.connected(), link.client);
    assert.deepEqual(world.states, ['ready']);
    assert.deepEqual(scopes, [
      'daemon 0',
      'projects 0',
      'agents 0',
      'transcripts 0',
      'issues 0',
      'workspaces 0',
      'hooks 0',
      'mail 0',
      'attention 0',
    ]);
    assert.equal(world.clock.waiting, 0);
  });

  it('passes on what the runner says', async () => {
    const world = await World.connected();
    const heard: unknown[] = [];
    world.runner.onDidChange((change) => heard.push(change));
    world.link.change({ scope: 'agents', ids: ['agent-min-1'] });
    assert.deepEqual(heard, [{ scope: 'agents', ids: ['agent-min-1'] }]);
  });

  it('stays connected, and tells the others, when a listener throws', async () => {
    const world = new World();
    const scopes: string[] = [];
    world.runner.onDidChangeState(() => {
      throw new Error('a bug of the listener');
    });
    world.runner.onDidChange(({ scope }) => scopes.push(scope));
    const link = world.nextLink();
    world.runner.start();
    await world.settled();
    assert.equal(world.runner.connected(), link.client);
    assert.equal(scopes.length, 9);
    assert.deepEqual(world.logged, ['error Error: a bug of the listener']);
  });

  it('connects again at once when the connection breaks', async () => {
    const world = await World.connected();
    const second = world.nextLink();
    world.link.breakOff();
    assert.equal(world.runner.connected(), undefined);
    await world.settled();
    assert.equal(world.runner.connected(), second.client);
    assert.deepEqual(world.states, ['ready', 'reconnecting', 'ready']);
    assert.deepEqual(world.attempts, [{ respectDown: true }, { respectDown: true }]);
  });

  it('tries again with growing pauses, and says one failure once', async () => {
    const world = new World();
    world.fail(failure('daemonStart'));
    world.runner.start();
    await world.settled();
    const pauses: number[] = [];
    for (const pauseMs of [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 30_000]) {
      world.clock.move(pauseMs - 1);
      await world.settled();
      const before = world.attempts.length;
      world.clock.move(1);
      await world.settled();
      if (world.attempts.length === before + 1) pauses.push(pauseMs);
    }
    assert.deepEqual(pauses, [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 30_000]);
    assert.deepEqual(world.states, ['failed']);
    assert.equal(world.runner.failure?.code, 'daemonStart');
    assert.deepEqual(world.logged, ['error It is daemonStart.']);
  });

  it('begins with the shortest pause again after a connection', async () => {
    const world = new World();
    world.fail(failure('daemonStart'));
    world.runner.start();
    await world.settled();
    world.clock.move(250);
    await world.settled();
    const link = world.nextLink();
    world.clock.move(500);
    await world.settled();
    world.fail(failure('daemonStart'));
    link.breakOff();
    await world.settled();
    world.nextLink();
    world.clock.move(250);
    await world.settled();
    assert.deepEqual(world.states, ['failed', 'ready', 'reconnecting', 'failed', 'ready']);
    assert.equal(world.runner.failure, undefined);
  });

  it('leaves a runner down that a person stopped, and notices when it is started elsewhere', async () => {
    const world = await World.connected();
    world.fail(failure('runnerDown'));
    world.link.breakOff();
    await world.settled();
    assert.equal(world.runner.state, 'down');
    world.nextLink();
    world.clock.move(250);
    await world.settled();
    assert.equal(world.runner.state, 'ready');
    assert.ok(world.attempts.every(({ respectDown }) => respectDown));
  });

  it('starts a runner that was stopped when a person asks for something', async () => {
    const world = new World();
    world.fail(failure('runnerDown'));
    world.runner.start();
    await world.settled();
    const link = world.nextLink();
    assert.equal(await world.runner.get(), link.client);
    assert.deepEqual(world.attempts, [{ respectDown: true }, { respectDown: false }]);
    assert.deepEqual(world.states, ['down', 'starting', 'ready']);
  });

  it('leaves it stopped for what nobody asked for, as a tab that is opened again', async () => {
    const world = new World();
    world.fail(failure('runnerDown'));
    await assert.rejects(world.runner.getUnasked(), { code: 'runnerDown' });
    assert.deepEqual(world.attempts, [{ respectDown: true }]);
    assert.deepEqual(world.states, ['down']);
  });

  it('starts it, too, when the person asks while an attempt finds out that it was stopped', async () => {
    const world = new World();
    const answer = world.hold();
    world.runner.start();
    const asked = world.runner.get();
    const link = world.nextLink();
    answer.reject(failure('runnerDown'));
    assert.equal(await asked, link.client);
    assert.deepEqual(world.attempts, [{ respectDown: true }, { respectDown: false }]);
  });

  it('makes one attempt for all who ask at the same time', async () => {
    const world = new World();
    const link = world.nextLink();
    const [one, two] = await Promise.all([world.runner.get(), world.runner.get()]);
    assert.deepEqual([one, two], [link.client, link.client]);
    assert.equal(world.attempts.length, 1);
  });

  it('says why to who asks when there is none', async () => {
    const world = new World();
    world.fail(failure('daemonStart'));
    await assert.rejects(world.runner.get(), { code: 'daemonStart' });
    world.fail(new Error('EMFILE'));
    await assert.rejects(world.runner.get(), {
      code: 'connect',
      message: 'The runner cannot be reached: EMFILE.',
      hint: 'Look at its log.',
    });
  });

  it('is outdated while a newer runner runs', async () => {
    const world = new World();
    world.fail(failure('updateNeeded'));
    world.runner.start();
    await world.settled();
    assert.equal(world.runner.state, 'outdated');
    assert.equal(world.runner.failure?.message, 'It is updateNeeded.');
  });

  it('leaves a newer runner in peace until it is asked for', async () => {
    const world = new World();
    world.fail(failure('updateNeeded'));
    world.runner.start();
    await world.settled();
    world.clock.move(60 * 60_000);
    await world.settled();
    assert.deepEqual([world.attempts.length, world.clock.waiting], [1, 0]);
    const link = world.nextLink();
    assert.equal(await world.runner.get(), link.client);
    assert.equal(world.runner.state, 'ready');
  });

  it('starts nothing before the workspace is trusted', async () => {
    const world = new World('untrusted');
    await assert.rejects(world.runner.get(), { code: 'untrusted' });
    world.runner.reset();
    assert.deepEqual(world.attempts, []);
    world.nextLink();
    world.runner.start();
    await world.settled();
    assert.deepEqual(world.states, ['starting', 'ready']);
  });

  it('starts nothing where there is no tmux at all', async () => {
    const world = new World('unsupported');
    world.runner.start();
    await assert.rejects(world.runner.get(), { code: 'unsupported' });
    assert.deepEqual([world.attempts, world.runner.state, world.clock.waiting], [[], 'unsupported', 0]);
  });

  describe('restart', () => {
    it('ends the runner and starts one, whatever was stopped', async () => {
      const world = await World.connected();
      const second = world.nextLink();
      await world.runner.restart();
      assert.equal(world.link.wasShutDown, true);
      assert.equal(world.runner.connected(), second.client);
      assert.deepEqual(world.attempts.at(-1), { respectDown: false });
    });

    it('starts one where none runs', async () => {
      const world = new World();
      world.fail(failure('runnerDown'));
      world.runner.start();
      await world.settled();
      world.nextLink();
      await world.runner.restart();
      assert.equal(world.runner.state, 'ready');
    });

    it('says so when the runner does not end', async () => {
      const world = await World.connected();
      world.link.endsOnShutdown = false;
      const restarted = world.runner.restart();
      world.clock.move(10_000);
      await assert.rejects(restarted, { code: 'daemonSilent', message: 'The runner does not end.' });
    });

    it('passes on that it may not be ended', async () => {
      const world = await World.connected();
      world.link.refusal = failure('notForAgents');
      await assert.rejects(world.runner.restart(), { code: 'notForAgents' });
      assert.equal(world.clock.waiting, 0);
    });
  });

  it('connects anew when it is told that the place changed', async () => {
    const world = await World.connected();
    const second = world.nextLink();
    world.runner.reset();
    await world.settled();
    assert.equal(world.runner.connected(), second.client);
  });

  it('drops a connection that was made meanwhile to the place before', async () => {
    const world = new World();
    const answer = world.hold();
    world.runner.start();
    world.runner.reset();
    const first = new Link();
    const second = world.nextLink();
    answer.resolve(first.client);
    await world.settled();
    assert.equal(first.isClosed, true);
    assert.equal(world.runner.connected(), second.client);
  });

  it('leaves nothing behind when it is disposed', async () => {
    const world = await World.connected();
    world.runner.dispose();
    assert.deepEqual([world.link.isClosed, world.clock.waiting, world.attempts.length], [true, 0, 1]);

    const failing = new World();
    failing.fail(failure('daemonStart'));
    failing.runner.start();
    await failing.settled();
    failing.runner.dispose();
    assert.equal(failing.clock.waiting, 0);

    const late = new World();
    const answer = late.hold();
    late.runner.start();
    late.runner.dispose();
    const link = new Link();
    answer.resolve(link.client);
    await late.settled();
    assert.equal(link.isClosed, true);
  });
});
