import assert from 'node:assert/strict';
import { useTempFolder } from '../../support/tempFolder.ts';
import { agentId, TellerWorld } from './tellerWorld.ts';

describe('telling an agent something', () => {
  const folder = useTempFolder();
  let world: TellerWorld;

  beforeEach(() => {
    world = new TellerWorld(folder());
  });

  it('pastes, presses Enter, and says delivered when the agent reports the message', async () => {
    assert.equal((await world.tell('hello\nworld')).outcome, 'delivered');
    assert.deepEqual(world.terminal, ['hello\nworld', '<Enter>']);
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('types nothing while the agent asks something', async () => {
    world.status = 'waiting';
    assert.equal((await world.tell('hello')).outcome, 'queued');
    assert.deepEqual(world.terminal, []);
  });

  it('types nothing while a dialog is seen that no hook has told of', async () => {
    const since = '2026-01-01T00:00:01.000Z';
    world.signs = [{ source: 'sessionFile', state: 'waiting', detail: 'permission prompt', since, until: null }];
    assert.equal((await world.tell('hello')).outcome, 'queued');
    assert.deepEqual(world.terminal, []);
  });

  it('looks at the screen, where it can be read, when a title tells of a dialog that may be closed', async () => {
    const since = '2026-01-01T00:00:01.000Z';
    world.signs = [{ source: 'title', state: 'waiting', detail: 'asks something', since, until: null }];
    world.screen = '> ';
    assert.equal((await world.tell('hello')).outcome, 'queued');
    world.behaviour = {
      typing: {
        steps: (text) => [{ kind: 'paste', text }],
        enter: [{ kind: 'key', key: 'Enter' }],
        clear: [],
        isReady: (screen) => screen.includes('> '),
      },
    };
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['hello', '<Enter>']);
  });

  it('types nothing until the composer is certainly on the screen, and tries again by itself', async () => {
    const typing = {
      steps: (text: string) => [{ kind: 'paste', text } as const],
      enter: [{ kind: 'key', key: 'Enter' } as const],
      clear: [],
      isReady: (screen: string) => screen.includes('> '),
    };
    world.behaviour = { typing };
    world.screen = 'Do you want to proceed? 1. Yes';
    const told = world.tell('hello');
    let isSettled = false;
    void told.finally(() => {
      isSettled = true;
    });
    while (!isSettled) {
      world.expire(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await told).outcome, 'queued');
    assert.deepEqual([world.terminal, world.soon], [[], 1]);
    world.screen = '> ';
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['hello', '<Enter>']);
  });

  it('presses no Enter when the screen shows a dialog after the paste', async () => {
    const isReady = (screen: string) => screen === '> ';
    const typing = {
      steps: (text: string) => [{ kind: 'paste', text } as const],
      enter: [{ kind: 'key', key: 'Enter' } as const],
      clear: [],
      isReady,
    };
    world.behaviour = { typing };
    world.screen = '> ';
    world.afterPaste = () => {
      world.screen = 'Allow this?';
    };
    assert.equal((await world.tell('hello')).outcome, 'queued');
    assert.deepEqual(world.terminal, ['hello']);
  });

  it('says beforehand what it would do', async () => {
    const { effect } = await world.teller.preview(world.situation);
    world.status = 'waiting';
    assert.deepEqual([effect, (await world.teller.preview(world.situation)).effect], ['joins', 'queues']);
  });

  it('does not call an agent busy that looks stuck', async () => {
    const { situation } = world;
    const preview = await world.teller.preview({ ...situation, verdict: { ...situation.verdict, status: 'stuck' } });
    assert.deepEqual(preview, {
      effect: 'joins',
      detail: 'MIN-1 looks stuck: it reads your message when it goes on',
    });
  });

  it('presses no Enter when a dialog opened after the paste, and types it anew, alone, afterwards', async () => {
    world.afterPaste = () => {
      world.status = 'waiting';
    };
    assert.equal((await world.tell('hello')).outcome, 'queued');
    assert.deepEqual(world.terminal, ['hello']);
    world.status = 'idle';
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['hello', '<C-u>', 'hello', '<Enter>']);
    assert.equal(world.recent.length, 1, 'it was entered once, and not twice in one line');
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('is not confused by the time limit of an attempt that was given up', async () => {
    world.afterPaste = () => {
      world.status = 'waiting';
    };
    await world.tell('hello');
    world.status = 'idle';
    // The timer of the first attempt would ring now, if it still ran.
    const forgotten = world.timerCount;
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual([forgotten, world.timerCount], [0, 0]);
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('delivers after a crash what was pasted and never entered', async () => {
    world.afterPaste = () => {
      throw new Error('killed here');
    };
    await world.tell('hello');
    world.restart();
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['hello', '<C-u>', 'hello', '<Enter>']);
  });

  it('does not type again after a crash what the agent reported meanwhile', async () => {
    world.onEnter = () => {
      throw new Error('killed here');
    };
    await world.tell('hello');
    world.restart();
    world.report('hello');
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['hello', '<Enter>']);
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('says failed, with where the message is kept, when no receipt comes in time', async () => {
    world.onEnter = () => setImmediate(() => world.expire());
    const told = await world.tell('hello');
    assert.equal(told.outcome, 'failed');
    assert.match(told.detail, /kept as mail 0/);
  });

  it('keeps what could not be typed, and sees to it that it is tried again', async () => {
    world.obstacle = new Error('tmux: exit 1');
    assert.equal((await world.tell('one')).outcome, 'queued');
    assert.equal(world.soon, 1);
    assert.equal((await world.tell('two')).outcome, 'queued');
    assert.equal(world.soon, 2, 'nothing else would come to deliver what waits');
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['<C-u>', 'one', '<Enter>', 'two', '<Enter>']);
  });

  it('goes on waiting when the agent is ended before it confirmed', async () => {
    world.onEnter = () => world.teller.giveUp(agentId);
    const told = await world.tell('one');
    assert.deepEqual([told.outcome, told.detail], ['queued', 'MIN-1 has ended meanwhile']);
    assert.deepEqual(
      (await world.mailbox.queued(agentId)).map(({ text }) => text),
      ['one'],
    );
    assert.equal(world.timerCount, 0);
  });

  it('says sent where the tool confirms nothing', async () => {
    world.confirms = false;
    world.onEnter = () => undefined;
    assert.equal((await world.tell('hello')).outcome, 'sent');
  });

  for (const text of ['\u001b[A', 'a\u0003b', 'x\r', '\u009b31m', '\0', '\u007f']) {
    it(`gives by a file what would press keys: ${JSON.stringify(text)}`, async () => {
      await world.tell(text);
      assert.match(world.terminal[0] ?? '', /^The person who runs you sent you a message\.[^\p{Cc}]*\.md$/u);
    });
  }

  it('keeps the order of what waits, also for the next daemon', async () => {
    world.status = 'waiting';
    for (const text of ['one', 'two', 'three']) await world.tell(text);
    world.restart();
    world.status = 'idle';
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(
      world.terminal.filter((each) => each !== '<Enter>'),
      ['one', 'two', 'three'],
    );
  });

  it('clears first what was typed before and never proved, so that two messages are not one', async () => {
    const swallow = (text: string): void => {
      world.onEnter = (next) => world.report(next);
      world.leave(text);
    };
    world.onEnter = swallow;
    const first = world.tell('drop the table');
    await world.untilTyped('<Enter>');
    world.expire();
    assert.equal((await first).outcome, 'failed');
    assert.equal((await world.tell('no, keep it')).outcome, 'delivered');
    assert.deepEqual(world.terminal, ['drop the table', '<Enter>', '<C-u>', 'no, keep it', '<Enter>']);
  });

  it('does not type again what was reported while the spool was unread', async () => {
    world.onEnter = () => undefined;
    void world.tell('deploy');
    await world.untilTyped('<Enter>');
    world.restart();
    world.spooled = () => world.report('deploy');
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['deploy', '<Enter>']);
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('knows what was reported long ago, when it takes up what happened while no daemon ran', async () => {
    world.onEnter = () => undefined;
    void world.tell('deploy');
    await world.untilTyped('<Enter>');
    world.restart();
    await world.teller.entered.settle(world.situation.state, world.reported('deploy'));
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['deploy', '<Enter>']);
  });

  it('presses no Enter where the composer never shows the message', async () => {
    const typing = { ...pasting, isReady: () => true, shows: () => false };
    world.behaviour = { typing };
    const told = world.tell('hello');
    await world.untilTyped('hello');
    for (let second = 0; second < 10; second += 1) {
      world.expire(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await told).outcome, 'queued');
    assert.deepEqual(world.terminal, ['hello']);
  });

  it('types again, to the next launch, what the former had only in its own queue', async () => {
    world.behaviour = { typing: { ...pasting, whileBusy: 'later' } };
    world.works = true;
    world.onEnter = () => undefined;
    const told = world.tell('fix the docs, too');
    await world.untilTyped('<Enter>');
    world.expire();
    assert.equal((await told).outcome, 'queued');
    world.restart();
    await world.teller.entered.queueAgain(agentId);
    world.works = false;
    world.onEnter = (text) => world.report(text);
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal.slice(-2), ['fix the docs, too', '<Enter>']);
    assert.deepEqual([await world.mailbox.queued(agentId), await world.mailbox.typed(agentId)], [[], []]);
  });

  it('says delivered when what it entered beside a turn is reported at last', async () => {
    world.behaviour = { typing: { ...pasting, whileBusy: 'later' } };
    world.works = true;
    world.onEnter = () => undefined;
    const told = world.tell('fix the docs, too');
    await world.untilTyped('<Enter>');
    world.expire();
    await told;
    await world.teller.entered.settle(world.situation.state, world.reported('fix the docs, too'));
    assert.deepEqual(await world.mailbox.typed(agentId), []);
  });
});

const pasting = {
  steps: (text: string) => [{ kind: 'paste', text } as const],
  enter: [{ kind: 'key', key: 'Enter' } as const],
  clear: [{ kind: 'key', key: 'C-u' } as const],
};
