import assert from 'node:assert/strict';
import { FolderWatches } from '../../../runner/core/trackers/local/folderWatches.ts';
import { MovableClock } from '../../support/movableClock.ts';

describe('folders that are watched', () => {
  it('are all looked at after so many events in one that some of the others may be missing', async () => {
    const tell = new Map<string, (name: string) => void>();
    const watches = new FolderWatches({
      watch: (folder, { onEvent }) => {
        tell.set(folder, (name) => onEvent('change', name));
        return () => undefined;
      },
      clock: new MovableClock(),
      log: { info: assert.fail, warn: assert.fail, error: assert.fail },
    });
    const heard: (string | null)[] = [];
    watches.begin('/one', () => undefined);
    watches.begin('/two', (name) => heard.push(name));
    const [one, two] = [watches.changesOf('/one'), watches.changesOf('/two')];
    const first = [await one?.take(), await two?.take()];
    tell.get('/two')?.('MIN-1.md');
    for (let count = 0; count < 4_000; count += 1) tell.get('/one')?.('SHO-1.md');
    const next = [await one?.take(), await two?.take()];
    for (let count = 0; count < 4_001; count += 1) tell.get('/one')?.('SHO-1.md');
    const flooded = [await one?.take(), await two?.take()];
    assert.deepEqual(
      [first, next, flooded],
      [
        ['unknown', 'unknown'],
        [new Set(['SHO-1.md']), new Set(['MIN-1.md'])],
        ['unknown', 'unknown'],
      ],
    );
    assert.deepEqual(heard, ['MIN-1.md', null]);
  });
});
