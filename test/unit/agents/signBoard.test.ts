import assert from 'node:assert/strict';
import { SignBoard } from '../../../runner/core/agents/signBoard.ts';
import type { LiveSign } from '../../../runner/core/runtimes/runtimeBehaviour.ts';

const id = 'agent-min-1';

function sign(source: LiveSign['source'], state: LiveSign['state'], second: number, detail = ''): LiveSign {
  const dated = { source, detail, since: `2026-01-01T00:00:0${second}.000Z`, until: null };
  return state === 'parked' ? { ...dated, state, cause: 'limit' } : { ...dated, state };
}

describe('the signs of an agent', () => {
  let board: SignBoard;

  beforeEach(() => {
    board = new SignBoard();
  });

  it('are the last of each source', () => {
    board.put(id, sign('title', 'busy', 1));
    board.put(id, sign('sessionFile', 'busy', 1));
    assert.equal(board.put(id, sign('sessionFile', 'idle', 2)), true);
    assert.deepEqual(
      board.of(id).map(({ source, state }) => `${source} ${state}`),
      ['title busy', 'sessionFile idle'],
    );
  });

  it('keep the time at which a title was first seen, whatever moves in it', () => {
    board.put(id, sign('title', 'busy', 1, 'one'));
    assert.equal(board.put(id, sign('title', 'busy', 2, 'one')), false);
    assert.equal(board.put(id, sign('title', 'busy', 3, 'another')), true);
    assert.deepEqual(board.of(id), [sign('title', 'busy', 1, 'another')]);
  });

  it('leave out what an old file says', () => {
    board.put(id, sign('sessionFile', 'busy', 5));
    assert.equal(board.put(id, sign('sessionFile', 'idle', 2)), false);
    assert.equal(board.of(id)[0]?.state, 'busy');
  });

  it('take a later time of a file for news', () => {
    board.put(id, sign('sessionFile', 'waiting', 1));
    assert.equal(board.put(id, sign('sessionFile', 'waiting', 2)), true);
  });

  it('end with their source and with the launch', () => {
    board.put(id, sign('title', 'busy', 1));
    assert.deepEqual([board.drop(id, 'title'), board.drop(id, 'title'), board.of(id)], [true, false, []]);
    board.put(id, sign('title', 'busy', 1));
    board.forget(id);
    assert.deepEqual(board.of(id), []);
  });
});
