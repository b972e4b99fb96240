import assert from 'node:assert/strict';
import { GivenParams } from '../../../extension/src/panels/givenParams.ts';
import { PanelDrafts } from '../../../extension/src/panels/panelDrafts.ts';
import { UserError } from '../../../runner/protocol/errors.ts';

describe('what was written in the panels of agents', () => {
  it('is there again in another tab and another window, by agent and place', async () => {
    const stored = new Map<string, unknown>();
    const drafts = draftsIn(stored);
    await write(drafts, 'MIN-1', 'message', 'Ten minutes of work');
    await write(drafts, 'MIN-1', 'request r1', '[{"chosen":[1],"words":""}]');
    await write(drafts, 'MIN-2', 'work', 'Docs');
    await write(drafts, 'MIN-1', 'message', 'Ten minutes of work.');
    const later = draftsIn(new Map(JSON.parse(JSON.stringify([...stored]))));
    assert.deepEqual(later.of('MIN-1'), {
      message: 'Ten minutes of work.',
      'request r1': '[{"chosen":[1],"words":""}]',
    });
    assert.deepEqual([later.of('MIN-2'), later.of('MIN-3')], [{ work: 'Docs' }, {}]);
  });

  it('is kept of any number of agents', async () => {
    const drafts = draftsIn(new Map());
    for (let number = 1; number <= 30; number += 1) await write(drafts, `MIN-${number}`, 'message', `for ${number}`);
    assert.deepEqual(drafts.of('MIN-1'), { message: 'for 1' });
  });

  it('leaves nothing behind where all of it was taken back', async () => {
    const stored = new Map<string, unknown>();
    const drafts = draftsIn(stored);
    await write(drafts, 'MIN-1', 'message', 'x');
    await write(drafts, 'MIN-1', 'message', '');
    assert.deepEqual([...stored.values()], [undefined]);
  });

  it('is refused for no agent and for no place', async () => {
    const drafts = draftsIn(new Map());
    for (const given of [
      { id: 'x', place: 'message', text: 'x' },
      { id: 'MIN-1', place: '__proto__', text: 'x' },
      { id: 'MIN-1', place: 'message' },
    ]) {
      await assert.rejects(drafts.keep(new GivenParams(given)), UserError);
    }
  });

  const settled: [string, string, Record<string, unknown>, unknown, string[]][] = [
    ['a message that was told', 'agent/tell', { text: 'Go on.' }, { outcome: 'queued' }, ['work', 'r1', 'r2']],
    [
      'no message that failed',
      'agent/tell',
      { text: 'Go on.' },
      { outcome: 'failed' },
      ['message', 'work', 'r1', 'r2'],
    ],
    ['no message that was changed', 'agent/tell', { text: 'Go' }, { outcome: 'sent' }, ['message', 'work', 'r1', 'r2']],
    ['work that was added', 'hook/push', { text: 'Docs' }, {}, ['message', 'r1', 'r2']],
    ['what a request was answered with', 'request/answer', { requestId: 'r1' }, {}, ['message', 'work', 'r2']],
    ['requests that went for another', 'request/list', {}, [{ id: 'r2' }], ['message', 'work', 'r2']],
    ['no requests where none is listed', 'request/list', {}, [], ['message', 'work', 'r1', 'r2']],
    ['nothing by what only reads', 'agent/why', {}, {}, ['message', 'work', 'r1', 'r2']],
  ];
  for (const [what, method, given, answer, left] of settled) {
    it(`forgets ${what}`, async () => {
      const drafts = draftsIn(new Map());
      await write(drafts, 'MIN-1', 'message', 'Go on.');
      await write(drafts, 'MIN-1', 'work', 'Docs');
      await write(drafts, 'MIN-1', 'request r1', 'Use pnpm.');
      await write(drafts, 'MIN-1', 'request r2', 'Later.');
      await drafts.settle('MIN-1', method, new GivenParams(given), answer);
      assert.deepEqual(
        Object.keys(drafts.of('MIN-1')).map((place) => place.replace('request ', '')),
        left,
      );
    });
  }
});

function draftsIn(stored: Map<string, unknown>): PanelDrafts {
  return new PanelDrafts({
    get: <T>(key: string) => stored.get(key) as T | undefined,
    update: async (key: string, value: unknown) => void stored.set(key, value),
  } as ConstructorParameters<typeof PanelDrafts>[0]);
}

function write(drafts: PanelDrafts, id: string, place: string, text: string): Promise<void> {
  return drafts.keep(new GivenParams({ id, place, text }));
}
