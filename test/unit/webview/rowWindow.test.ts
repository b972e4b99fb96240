import assert from 'node:assert/strict';
import { anchorAt, rowWindow, scrollTopOf } from '../../../webview/agent/rowWindow.ts';

const rows = (count: number, height = 20) => Array.from({ length: count }, () => height);

describe('the rows of a conversation that are drawn', () => {
  it('are those in sight and some beyond both edges, and the others leave their room', () => {
    assert.deepEqual(rowWindow(rows(1_000), 10_000, 200), { first: 480, end: 530, above: 9_600, below: 9_400 });
  });

  it('are all of a short one', () => {
    assert.deepEqual(rowWindow([20, 300, 20], 0, 600), { first: 0, end: 3, above: 0, below: 0 });
  });

  it('are as few of a hundred thousand as of a thousand', () => {
    const { first, end } = rowWindow(rows(100_000), 1_000_000, 600);
    assert.equal(end - first, 70);
  });

  it('are the last ones where the place is beyond the end', () => {
    assert.deepEqual(rowWindow(rows(100), 5_000, 200), { first: 100, end: 100, above: 2_000, below: 0 });
  });
});

describe('the place in a conversation', () => {
  it('is the end within a few pixels of it', () => {
    assert.equal(anchorAt(rows(100), 1_790, 200), 'end');
  });

  it('is a row and the pixels of it above the edge elsewhere', () => {
    assert.deepEqual(anchorAt(rows(100), 1_005, 200), { index: 50, offset: 5 });
  });

  it('is found again after rows above have changed their height', () => {
    const taller = [120, ...rows(99)];
    assert.equal(scrollTopOf(taller, { index: 50, offset: 5 }, 200), 1_105);
  });

  it('follows the end', () => {
    assert.deepEqual([scrollTopOf(rows(100), 'end', 200), scrollTopOf(rows(2), 'end', 200)], [1_800, 0]);
  });
});
