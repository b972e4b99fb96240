import assert from 'node:assert/strict';
import { FolderChanges } from '../../../runner/core/trackers/local/folderChanges.ts';

describe('what changed in a folder', () => {
  let tell: (name: string | null) => void;
  let heard: (string | null)[];
  let opened: number;
  let closed: number;
  let seesAll: boolean;
  let changes: FolderChanges;

  beforeEach(async () => {
    [heard, opened, closed, seesAll] = [[], 0, 0, true];
    const open = (onChange: (name: string | null) => void) => {
      tell = onChange;
      opened += 1;
      return {
        get seesAll() {
          return seesAll;
        },
        close: () => {
          closed += 1;
        },
      };
    };
    changes = new FolderChanges(open, (name) => heard.push(name));
    assert.equal(await changes.take(), 'unknown');
  });

  it('is told by name, once, also of what comes while it is asked', async () => {
    assert.deepEqual(await changes.take(), new Set());
    tell('a');
    tell('a');
    setImmediate(() => tell('b'));
    assert.deepEqual(await changes.take(), new Set(['a', 'b']));
    assert.deepEqual(await changes.take(), new Set());
    assert.deepEqual(heard, ['a', 'a', 'b']);
  });

  it('is not known after an event without a name, and after so many that some may be missing', async () => {
    tell(null);
    assert.equal(await changes.take(), 'unknown');
    for (let count = 0; count < 4_000; count += 1) tell('a');
    assert.deepEqual(await changes.take(), new Set(['a']));
    for (let count = 0; count < 4_001; count += 1) tell('a');
    assert.equal(await changes.take(), 'unknown');
    assert.deepEqual(await changes.take(), new Set());
  });

  it('is not known while the folder itself is not watched, nor where what was told was not looked at', async () => {
    seesAll = false;
    assert.equal(await changes.take(), 'unknown');
    seesAll = true;
    changes.putBack();
    assert.equal(await changes.take(), 'unknown');
    assert.deepEqual(await changes.take(), new Set());
  });

  it('is watched anew where another folder stands', async () => {
    changes.restart();
    assert.deepEqual([opened, closed], [2, 1]);
    tell('a');
    assert.deepEqual(await changes.take(), new Set(['a']));
    changes.close();
    assert.equal(closed, 2);
  });
});
