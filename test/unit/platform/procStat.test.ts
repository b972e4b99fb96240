import assert from 'node:assert/strict';
import { parseProcStat } from '../../../runner/core/platform/procStat.ts';

const rest = (state: string, tty: number): string =>
  `${state} 7412 7412 7412 ${tty} 7412 4194304 1234 0 0 0 5 2 0 0 20 0 11 0 1234567 1000000 2000 18446744073709551615 0 0\n`;

describe('a line of /proc/<pid>/stat', () => {
  for (const command of ['node', 'a b', '(sd-pam)', 'a) R 1 (b', 'tmux: server', 'x\ny', '']) {
    it(`is read whatever the program calls itself: ${JSON.stringify(command)}`, () => {
      assert.deepEqual(parseProcStat(`7413 (${command}) ${rest('S', 34819)}`), {
        pid: 7413,
        command,
        state: 'S',
        parentPid: 7412,
        sessionId: 7412,
        tty: 'pts/3',
        startTicks: '1234567',
      });
    });
  }

  it('names terminals by their device number', () => {
    const ttyOf = (number: number): string | null | undefined => parseProcStat(`1 (x) ${rest('S', number)}`)?.tty;
    assert.deepEqual([0, 1025, 34816, 35072].map(ttyOf), [null, 'tty1', 'pts/0', 'pts/256']);
  });

  it('that is cut off or empty is no process', () => {
    assert.equal(parseProcStat(''), undefined);
    assert.equal(parseProcStat('7413 (node) S 7412'), undefined);
  });
});
