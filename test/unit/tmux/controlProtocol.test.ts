import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ControlEvent, ControlParser } from '../../../runner/core/tmux/controlProtocol.ts';

/** Recorded from tmux 3.3a; the output of the second command looks like the protocol itself. */
const recorded = `%begin 1795358975 287 0
%end 1795358975 287 0
%window-add @1
%sessions-changed
%session-changed $1 pan-watch
%begin 1795358976 293 1
%end 1795358976 293 1
%begin 1795358976 294 1
agent-min-12 12918 1 /9 sh|%exit
%end 1795358976 293 1
%begin 1795358976 294 1
%end 1795358976 294 1
%begin 1795358977 295 1
parse error: unknown command: x
%error 1795358977 295 1
%subscription-changed panes $1 - - - : agent-min-12 1 é : ✳ vm|
%exit server exited
`;

const events: ControlEvent[] = [
  { kind: 'answer', ours: false, ok: true, lines: [] },
  { kind: 'sessions' },
  { kind: 'answer', ours: true, ok: true, lines: [] },
  {
    kind: 'answer',
    ours: true,
    ok: true,
    lines: ['agent-min-12 12918 1 /9 sh|%exit', '%end 1795358976 293 1', '%begin 1795358976 294 1'],
  },
  { kind: 'answer', ours: true, ok: false, lines: ['parse error: unknown command: x'] },
  { kind: 'subscription', name: 'panes', value: 'agent-min-12 1 é : ✳ vm|' },
  { kind: 'exit' },
];

describe('the control protocol of tmux', () => {
  it('gives answers and notices, and takes no output for either', () => {
    assert.deepEqual(new ControlParser().feed(recorded), events);
  });

  it('reads the same in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(recorded.length), { maxLength: 30 }), (cuts) => {
        const parser = new ControlParser();
        const ends = [...cuts.sort((a, b) => a - b), recorded.length];
        const read = ends.flatMap((end, index) => parser.feed(recorded.slice(ends[index - 1] ?? 0, end)));
        assert.deepEqual(read, events);
      }),
    );
  });
});
