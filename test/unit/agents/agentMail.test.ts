import assert from 'node:assert/strict';
import { AgentTalk, type AgentTalkDeps } from '../../../runner/core/agents/agentTalk.ts';
import { Mailbox } from '../../../runner/core/agents/mailbox.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const id = 'agent-min-1';

describe('the mail of an agent', () => {
  const folder = useTempFolder();
  let clock: MovableClock;
  let changed: string[];
  let mailbox: Mailbox;
  let talk: AgentTalk;
  let spooled: () => Promise<void>;

  beforeEach(() => {
    clock = new MovableClock();
    changed = [];
    mailbox = aMailbox();
    const stored = { kind: 'ok', id, issueId: 'MIN-1', state: { id, issueId: 'MIN-1' } };
    const access = {
      find: async () => stored,
      withState: async (_text: string, task: (state: object) => Promise<unknown>) => task(stored.state),
    };
    spooled = async () => undefined;
    const drainSpool = () => spooled();
    talk = new AgentTalk({ access, mailbox, drainSpool } as unknown as AgentTalkDeps);
  });

  function aMailbox(): Mailbox {
    const log = { info: () => undefined, warn: assert.fail, error: assert.fail };
    const changes = { fire: ({ scope, ids }: { scope: string; ids: string[] }) => changed.push(`${scope}: ${ids}`) };
    return new Mailbox({ paths: createPaths(folder()), clock, log, changes });
  }

  async function add(text: string): ReturnType<Mailbox['add']> {
    clock.move(1);
    return mailbox.add(id, text);
  }

  it('is what waits, what its tool has, and the last twenty others, oldest first', async () => {
    const first = await add('waits');
    await mailbox.mark(id, await add('entered'), 'typed');
    for (let count = 1; count <= 22; count += 1) await mailbox.mark(id, await add(`read ${count}`), 'delivered');
    await mailbox.mark(id, await add('lost'), 'unconfirmed');
    const told = await talk.mail({ id: 'MIN-1' });
    const read = Array.from({ length: 19 }, (_, index) => [`read ${index + 4}`, 'delivered']);
    assert.deepEqual(
      told.map(({ text, state }) => [text, state]),
      [['waits', 'queued'], ['entered', 'typed'], ...read, ['lost', 'unconfirmed']],
    );
    assert.deepEqual(told[0], { id: first.id, text: 'waits', state: 'queued', createdAt: first.createdAt });
  });

  it('can be taken back while it waits, and is not delivered then', async () => {
    const [one, two] = [await add('one'), await add('two')];
    const { id: dropped, state } = await talk.dropMail({ id: 'MIN-1', mailId: one.id.toLowerCase() });
    assert.deepEqual([dropped, state], [one.id, 'queued']);
    const texts = (mails: readonly { text: string }[]) => mails.map(({ text }) => text);
    assert.deepEqual([texts(await mailbox.queued(id)), texts(await talk.mail({ id: 'MIN-1' }))], [['two'], ['two']]);
    mailbox = aMailbox();
    assert.deepEqual(texts(await mailbox.queued(id)), [two.text], 'after a restart, too');
    await assert.rejects(talk.dropMail({ id: 'MIN-1', mailId: one.id }), { code: 'noMail' });
  });

  for (const [state, reason] of [
    ['typed', /stands in its own queue/],
    ['delivered', /it was read/],
    ['sent', /typed into its terminal/],
    ['unconfirmed', /may have been read/],
  ] as const) {
    it(`cannot be taken back once it is ${state}`, async () => {
      const mail = await add('too late');
      await mailbox.mark(id, mail, state);
      await assert.rejects(talk.dropMail({ id: 'MIN-1', mailId: mail.id }), { code: 'mailGone', message: reason });
    });
  }

  it('cannot be taken back once a hook left word that it was read', async () => {
    const mail = await mailbox.notePaste(id, await add('just read'));
    spooled = () => mailbox.mark(id, mail, 'delivered');
    await assert.rejects(talk.dropMail({ id: 'MIN-1', mailId: mail.id }), { code: 'mailGone', message: /it was read/ });
    assert.deepEqual(
      (await mailbox.all(id)).map(({ state }) => state),
      ['delivered'],
    );
  });

  it('that was typed and then taken back may still stand in the composer', async () => {
    const mail = await mailbox.notePaste(id, await add('half typed'));
    await talk.dropMail({ id: 'MIN-1', mailId: mail.id });
    mailbox = aMailbox();
    assert.equal(await mailbox.isUnproved(id), true);
  });

  it('is announced whenever it changes', async () => {
    const mail = await add('one');
    await mailbox.mark(id, mail, 'typed');
    await mailbox.queueAgain(id);
    await talk.dropMail({ id: 'MIN-1', mailId: mail.id });
    assert.deepEqual(
      changed,
      Array.from({ length: 4 }, () => `mail: ${id}`),
    );
  });
});
