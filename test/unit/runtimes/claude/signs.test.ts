import assert from 'node:assert/strict';
import { claudeLiveFile, titleSign } from '../../../../runner/core/runtimes/claude/claudeSigns.ts';

const session = {
  pid: 16064,
  sessionId: '22222222-2222-4222-8222-222222222222',
  cwd: '/home/dev/app/workspaces/feature-min-1',
  version: '2.1.330',
  status: 'busy',
  statusUpdatedAt: 1795367992079,
};

describe('what Claude Code says of itself', () => {
  it('is read from its title', () => {
    const states = ['✳ Claude Code', '◐ Claude Code', '◑ Limit the logins', 'Gi=31,s=1,v=1', ''].map(
      (title) => titleSign(title)?.state,
    );
    assert.deepEqual(states, ['quiet', 'busy', 'busy', undefined, undefined]);
  });

  it('is read from the file of its session, with the time of the change', () => {
    const since = '2026-11-22T17:19:52.079Z';
    const sign = { source: 'sessionFile', state: 'busy', detail: 'works', since, until: null };
    const { pid, sessionId } = session;
    assert.deepEqual(claudeLiveFile.read(JSON.stringify(session)), { pid, sessionId, sign });
  });

  for (const [waitingFor, detail] of [
    ['permission prompt', 'asks for permission'],
    ['input needed', 'asks a question'],
  ]) {
    it(`is that it ${detail} while it waits for ${waitingFor}`, () => {
      const sign = claudeLiveFile.read(JSON.stringify({ ...session, status: 'waiting', waitingFor }))?.sign;
      assert.deepEqual([sign?.state, sign?.detail], ['waiting', detail]);
    });
  }

  it('is nothing while the file is half written, or where it is another', () => {
    const half = JSON.stringify(session).slice(0, 60);
    for (const text of ['', half, '[]', '{"pid":1}', JSON.stringify({ ...session, status: 'new word' })]) {
      assert.equal(claudeLiveFile.read(text), undefined);
    }
  });
});
