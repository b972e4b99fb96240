import assert from 'node:assert/strict';
import { parsePanes } from '../../../runner/core/tmux/pane.ts';

describe('the list of panes', () => {
  it('holds state and status, and titles with anything in them', () => {
    const lines = ['agent-min-1 1 500 0 / a | b  c', 'agent-min-2 0 600 1 3/ ', 'agent-min-3 0 700 1 /9 ✳ x', ''];
    const alive = { exitStatus: null, signal: null };
    assert.deepEqual(parsePanes(lines), [
      {
        session: 'agent-min-1',
        attached: true,
        pid: 500,
        dead: false,
        ...alive,
        title: 'a | b  c',
      },
      {
        session: 'agent-min-2',
        attached: false,
        pid: 600,
        dead: true,
        exitStatus: 3,
        signal: null,
        title: '',
      },
      {
        session: 'agent-min-3',
        attached: false,
        pid: 700,
        dead: true,
        exitStatus: null,
        signal: 9,
        title: '✳ x',
      },
    ]);
  });

  it('takes the first pane of a session in which somebody opened more', () => {
    const panes = parsePanes(['agent-min-1 0 500 0 / mine', 'agent-min-1 0 501 0 / theirs']);
    assert.deepEqual(
      panes.map((pane) => pane.pid),
      [500],
    );
  });
});
