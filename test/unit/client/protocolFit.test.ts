import assert from 'node:assert/strict';
import { fitOf } from '../../../runner/client/connectRunner.ts';

describe('the protocol of a daemon', () => {
  const table: [theirs: string, ours: string, fit: ReturnType<typeof fitOf>][] = [
    ['1.2', '1.2', 'fits'],
    ['1.3', '1.2', 'fits'],
    ['1.10', '1.2', 'fits'],
    ['1.1', '1.2', 'olderMinor'],
    ['1', '1.2', 'olderMinor'],
    ['1.9', '2.0', 'olderMajor'],
    ['2.0', '1.2', 'newer'],
    ['garbage', '1.2', 'olderMajor'],
  ];
  for (const [theirs, ours, fit] of table) {
    it(`${theirs} is to ${ours}: ${fit}`, () => {
      assert.equal(fitOf(theirs, ours), fit);
    });
  }
});
