import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePsList, parsePsStart, parsePsVariable, variableInPs } from '../../../runner/core/platform/psOutput.ts';

const launchId = '01KAN8Z6Y0Q3V5M3X1C7R9T2B4';
const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');

describe('the output of ps', () => {
  it('of macOS becomes processes with terminals and no session ids, without zombies', () => {
    const processes = parsePsList(fixture('macosList.txt'), 'bsd');
    assert.deepEqual(
      processes.map((facts) => facts.pid),
      [1, 321, 1042, 48101, 48102, 48103, 48110, 48120],
    );
    assert.deepEqual(processes[2], {
      pid: 1042,
      parentPid: 1,
      sessionId: 0,
      tty: null,
      startTime: 'Sat Nov 1 09:12:40 2025',
      state: 'S',
      command: 'Electron',
    });
    assert.deepEqual(processes[6], {
      pid: 48110,
      parentPid: 48103,
      sessionId: 0,
      tty: 'ttys004',
      startTime: 'Sat Nov 22 14:40:07 2025',
      state: 'T',
      command: '(weird) name',
    });
  });

  it('of Linux becomes processes with session ids', () => {
    const processes = parsePsList(fixture('procpsList.txt'), 'procps');
    assert.deepEqual(
      processes.map(({ pid, sessionId, tty }) => ({ pid, sessionId, tty })),
      [
        { pid: 1, sessionId: 1, tty: null },
        { pid: 7235, sessionId: 7235, tty: null },
        { pid: 7412, sessionId: 7412, tty: 'pts/3' },
        { pid: 7413, sessionId: 7412, tty: 'pts/3' },
      ],
    );
  });

  it('gives one start time however the day is padded, and none for a zombie or nothing', () => {
    assert.equal(parsePsStart('Sat Nov  1 09:12:40 2025     S\n'), 'Sat Nov 1 09:12:40 2025');
    assert.equal(parsePsStart('Sat Nov 22 14:40:09 2025     Z+\n'), undefined);
    assert.equal(parsePsStart(''), undefined);
  });

  it('gives the processes whose environment, and not just an argument, holds a variable', () => {
    assert.deepEqual(parsePsVariable(fixture('macosEnvironment.txt'), 'PAN_LAUNCH_ID', launchId), [48103, 48120]);
    assert.deepEqual(parsePsVariable(fixture('macosEnvironment.txt'), 'PAN_LAUNCH_ID', 'decoy'), []);
  });

  it('gives one variable of one process', () => {
    assert.equal(variableInPs('node a.js PAN_AGENT_ID=agent-min-1 HOME=/Users/ada\n', 'PAN_AGENT_ID'), 'agent-min-1');
    assert.equal(variableInPs('node a.js HOME=/Users/ada\n', 'PAN_AGENT_ID'), undefined);
  });
});
