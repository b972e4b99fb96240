import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Signal } from '../../../../extension/src/signal.ts';
import { FetchWhileSeen } from '../../../../extension/src/views/fetchWhileSeen.ts';
import { MovableClock } from '../../../support/movableClock.ts';

describe('what a view holds', () => {
  let clock: MovableClock;
  let done: string[];
  let seen: Signal<{ visible: boolean }>;
  let view: { visible: boolean; onDidChangeVisibility: Signal<{ visible: boolean }>['event'] };
  let fetching: FetchWhileSeen;

  beforeEach(() => {
    clock = new MovableClock();
    done = [];
    seen = new Signal();
    view = { visible: true, onDidChangeVisibility: seen.event };
    const work = { fetch: async () => void done.push('fetch'), show: () => done.push('show'), everyMs: 250 };
    fetching = new FetchWhileSeen(view, work, clock);
  });

  afterEach(() => fetching.dispose());

  const become = async (visible: boolean) => {
    view.visible = visible;
    seen.fire({ visible });
    await turn();
  };

  it('is fetched when it changed, and shown when something else did', async () => {
    await fetching.now();
    fetching.redraw();
    await turn();
    assert.deepEqual(done, ['fetch', 'show']);
    fetching.expire();
    clock.move(250);
    await turn();
    assert.deepEqual(done, ['fetch', 'show', 'fetch']);
  });

  it('is shown once for many changes that come at once', async () => {
    await fetching.now();
    for (let change = 0; change < 5; change += 1) fetching.redraw();
    await turn();
    for (let change = 0; change < 5; change += 1) fetching.redraw();
    await turn();
    assert.deepEqual(done, ['fetch', 'show']);
    clock.move(205);
    await turn();
    assert.deepEqual([done, clock.waiting], [['fetch', 'show', 'show'], 0]);
  });

  it('waits while nobody sees the view, then does once what is due', async () => {
    await fetching.now();
    await become(false);
    fetching.redraw();
    await turn();
    assert.deepEqual(done, ['fetch']);
    await become(true);
    assert.deepEqual(done, ['fetch', 'show']);
    await become(false);
    fetching.expire();
    fetching.redraw();
    clock.move(1_000);
    await become(true);
    assert.deepEqual([done, clock.waiting], [['fetch', 'show', 'fetch'], 0]);
    await become(true);
    assert.deepEqual(done.length, 3);
  });

  it('is fetched unseen for whoever asks for it', async () => {
    await become(false);
    await fetching.now();
    assert.deepEqual(done, ['fetch']);
  });
});
