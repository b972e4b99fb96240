import assert from 'node:assert/strict';
import { nearestIds } from '../../../runner/core/text/nearestIds.ts';

describe('nearestIds', () => {
  for (const [id, known, near] of [
    ['MIN-13', ['MIN-131', 'MIN-142'], ['MIN-131']],
    ['MIN-131', ['MIN-13', 'MIN-132', 'MIN-133'], ['MIN-13', 'MIN-132']],
    ['MNI-9', ['MIN-9', 'SHO-9', 'MIN-8'], ['MIN-9']],
    ['SHO-9', ['SHO-1', 'SHO-2', 'SHO-12'], []],
    ['SHO-99', ['SHO-1', 'SHO-12'], []],
  ] as const) {
    it(`has ${near.length === 0 ? 'nothing' : near.join(' and ')} for ${id} among ${known.join(', ')}`, () => {
      assert.deepEqual(nearestIds(id, [...known]), near);
    });
  }
});
