import assert from 'node:assert/strict';
import { PacedChanges } from '../../../../extension/src/views/pacedChanges.ts';
import { MovableClock } from '../../../support/movableClock.ts';

describe('changes of rows', () => {
  let clock: MovableClock;
  let told: unknown[];
  let changes: PacedChanges;

  beforeEach(() => {
    clock = new MovableClock();
    told = [];
    changes = new PacedChanges((rows) => told.push(rows), clock);
  });

  it('are told of at once where it was quiet', () => {
    changes.add(['a']);
    assert.deepEqual(told, [['a']]);
  });

  it('that come often are gathered until VS Code draws again, each row once', () => {
    changes.add(['a']);
    for (const row of ['a', 'b', 'a']) {
      clock.move(50);
      changes.add([row]);
    }
    assert.deepEqual(told, [['a']]);
    clock.move(60);
    assert.deepEqual(told, [['a'], ['a', 'b']]);
  });

  it('of single rows are part of a change of all', () => {
    changes.add(['a']);
    changes.add(['b']);
    changes.add('all');
    changes.add(['c']);
    clock.move(1_000);
    assert.deepEqual(told, [['a'], 'all']);
  });

  it('leave no timer once they are told of, nor where there are none', () => {
    changes.add([]);
    changes.add(['a']);
    changes.add(['b']);
    clock.move(1_000);
    assert.deepEqual([told, clock.waiting], [[['a'], ['b']], 0]);
  });

  it('are not told of after the end', () => {
    changes.add(['a']);
    changes.add(['b']);
    changes.dispose();
    clock.move(1_000);
    assert.deepEqual(told, [['a']]);
  });
});
