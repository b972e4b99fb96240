import assert from 'node:assert/strict';
import { Signal } from '../../../extension/src/signal.ts';

describe('Signal', () => {
  it('tells everybody who listens, in order, until they stop', () => {
    const signal = new Signal<number>();
    const heard: string[] = [];
    const first = signal.event((value) => heard.push(`first ${value}`));
    signal.event((value) => heard.push(`second ${value}`));
    signal.fire(1);
    first.dispose();
    signal.fire(2);
    assert.deepEqual(heard, ['first 1', 'second 1', 'second 2']);
  });

  it('takes the same function twice as two listeners', () => {
    const signal = new Signal<void>();
    let calls = 0;
    const listener = () => calls++;
    const first = signal.event(listener);
    signal.event(listener);
    first.dispose();
    signal.fire();
    assert.equal(calls, 1);
  });

  it("takes what VS Code's events take: a `this`, and a list that owns the subscription", () => {
    const signal = new Signal<number>();
    const owners: { dispose(): unknown }[] = [];
    const sum = {
      total: 0,
      add(value: number) {
        this.total += value;
      },
    };
    signal.event(sum.add, sum, owners);
    signal.fire(2);
    for (const owned of owners) owned.dispose();
    signal.fire(3);
    assert.equal(sum.total, 2);
  });

  it('lets nobody miss a value because another listener threw, and hides no error', () => {
    const signal = new Signal<void>();
    let heard = false;
    signal.event(() => {
      throw new Error('mine');
    });
    signal.event(() => {
      heard = true;
    });
    assert.throws(() => signal.fire(), /^Error: mine$/);
    assert.equal(heard, true);
  });

  it('tells nobody any more once it is disposed', () => {
    const signal = new Signal<void>();
    let calls = 0;
    signal.event(() => calls++);
    signal.dispose();
    signal.fire();
    assert.equal(calls, 0);
  });
});
