import assert from 'node:assert/strict';
import type { AgentTranscript, TranscriptEntry } from '../../../runner/protocol/models.ts';
import type { AgentTranscriptParams } from '../../../runner/protocol/requests.ts';
import { ConversationReader } from '../../../webview/agent/conversationReader.ts';
import { HostError, noHost } from '../../../webview/shared/host.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('ConversationReader', () => {
  it('begins with the end and reads older pages when they are wanted, under keys that stay', async () => {
    const { reader } = make(250);
    await reader.readAgain(null);
    assert.deepEqual(
      [texts(reader).at(0), texts(reader).at(-1), reader.firstKey, reader.hasOlder],
      ['150', '249', 0, true],
    );

    reader.readOlder();
    await waitFor(() => reader.entries.length === 200 || undefined, { timeoutMs: 1_000, what: 'an older page' });
    assert.deepEqual([texts(reader).at(0), texts(reader).at(100), reader.firstKey], ['50', '150', -100]);
  });

  it('ends at the beginning', async () => {
    const { reader } = make(120);
    await reader.readAgain(null);
    reader.readOlder();
    await waitFor(() => !reader.hasOlder || undefined, { timeoutMs: 1_000, what: 'the beginning' });
    assert.deepEqual([texts(reader).at(0), reader.entries.length], ['0', 120]);
  });

  it('appends what was said meanwhile, all pages of it, and counts it', async () => {
    const { reader, say } = make(10);
    await reader.readAgain(null);
    reader.takeArrived();
    say(150);
    reader.readNewer();
    await waitFor(() => reader.entries.length === 160 || undefined, { timeoutMs: 1_000, what: 'the new entries' });
    assert.deepEqual([texts(reader).at(-1), reader.takeArrived(), reader.takeArrived()], ['159', 150, 0]);
  });

  it('finds the place again at which the person was', async () => {
    const { reader } = make(1_000);
    const index = await reader.readAgain(timeOf(730));
    assert.equal(reader.entries[index ?? -1]?.text, '730');
  });

  it('asks only once for a page that cannot be read, until more was said', async () => {
    const { reader, asked, failWith } = make(250);
    await reader.readAgain(null);
    failWith(new HostError({ code: 'runnerAway', kind: 'user', message: 'The runner is away.' }));
    reader.readOlder();
    await waitFor(() => reader.error, { timeoutMs: 1_000, what: 'the failure' });
    reader.readOlder();
    assert.deepEqual([asked.length, reader.error?.message], [2, 'The runner is away.']);

    failWith(undefined);
    reader.readNewer();
    reader.readOlder();
    await waitFor(() => reader.entries.length === 200 || undefined, { timeoutMs: 1_000, what: 'an older page' });
  });

  it('reads a part from the middle, on from there in both directions, and then follows the end', async () => {
    const { reader, say, asked } = make(1_000);
    await reader.readAgain(null);
    assert.equal(await reader.readAt(300), true);
    const { firstKey } = reader;
    assert.deepEqual([texts(reader).at(0), reader.indexOf(310), reader.isAtEnd], ['300', 10, false]);
    assert.deepEqual([reader.indexOf(950), reader.takeArrived()], [-1, 0]);
    assert.ok(firstKey > 1_000, 'no key of the entries before');

    say(50);
    reader.readNewer();
    assert.equal(asked.length, 2, 'what is said is not asked for in the middle');
    reader.readOlder();
    await waitFor(() => reader.firstKey < firstKey || undefined, { timeoutMs: 1_000, what: 'an older page' });
    assert.equal(texts(reader).at(0), '200');

    const readOn = () => {
      reader.readLater();
      return reader.isAtEnd || undefined;
    };
    await waitFor(readOn, { timeoutMs: 1_000, what: 'the end' });
    assert.deepEqual([texts(reader).at(-1), reader.entries.length], ['1049', 850]);
    say(5);
    reader.readNewer();
    await waitFor(() => texts(reader).at(-1) === '1054' || undefined, { timeoutMs: 1_000, what: 'what was said' });
  });

  it('keeps what was read where a part cannot be read', async () => {
    const { reader, failWith } = make(250);
    await reader.readAgain(null);
    failWith(new HostError({ code: 'runnerAway', kind: 'user', message: 'The runner is away.' }));
    assert.equal(await reader.readAt(3), false);
    assert.deepEqual([texts(reader).at(-1), reader.isAtEnd, reader.error?.code], ['249', true, 'runnerAway']);
  });

  it('leaves a part that nobody wants any more, and has what was said meanwhile', async () => {
    const { reader, say } = make(250);
    await reader.readAgain(null);
    say(5);
    reader.readNewer();
    const part = reader.readAt(3);
    reader.stay();
    assert.equal(await part, false);
    await waitFor(() => texts(reader).at(-1) === '254' || undefined, { timeoutMs: 1_000, what: 'what was said' });
    assert.deepEqual([texts(reader).at(0), reader.isAtEnd, reader.takeArrived()], ['150', true, 5]);
  });

  it('says whether the entry of the place is there now', async () => {
    const { reader } = make(250);
    assert.equal(await reader.readAt(1_000), false);
  });

  it('has what was said meanwhile where a part cannot be read', async () => {
    const { reader, say, failWith } = make(250);
    await reader.readAgain(null);
    say(5);
    reader.readNewer();
    failWith(new HostError({ code: 'runnerAway', kind: 'user', message: 'The runner is away.' }));
    const part = reader.readAt(3);
    failWith(undefined);
    await part;
    await waitFor(() => texts(reader).at(-1) === '254' || undefined, { timeoutMs: 1_000, what: 'what was said' });
  });

  it('takes no answer about an earlier conversation', async () => {
    const { reader } = make(250);
    const first = reader.readAgain(null);
    const second = reader.readAgain(null);
    await Promise.all([first, second]);
    assert.equal(reader.entries.length, 100);
  });
});

function make(count: number) {
  let entries = Array.from({ length: count }, (_, index) => entry(index));
  let failure: Error | undefined;
  const asked: AgentTranscriptParams[] = [];
  const answer = (params: AgentTranscriptParams): AgentTranscript => {
    const { after, at, before, limit } = params;
    asked.push(params);
    if (failure !== undefined) throw failure;
    const end = before === undefined ? entries.length : Number(before);
    const from = after === undefined ? at : Number(after);
    const first = from ?? Math.max(0, end - limit);
    const page = entries.slice(first, from === undefined ? end : first + limit);
    const start = after === undefined && first > 0 ? String(first) : null;
    return { entries: page, cursor: String(first + page.length), start, more: start !== null };
  };
  const host = { ...noHost, request: async (_type: unknown, params: never) => answer(params) as never };
  const element = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined };
  const reader = new ConversationReader({ ...element, updateComplete: Promise.resolve(true) }, () => ({
    host,
    id: 'MIN-1',
  }));
  return {
    reader,
    asked,
    say: (more: number) => {
      entries = Array.from({ length: entries.length + more }, (_, index) => entry(index));
    },
    failWith: (error: Error | undefined) => {
      failure = error;
    },
  };
}

function entry(index: number): TranscriptEntry {
  return {
    at: timeOf(index),
    kind: 'agent',
    title: '',
    text: String(index),
    failed: false,
    aside: false,
    place: index,
  };
}

function timeOf(index: number): string {
  return new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString();
}

function texts(reader: ConversationReader): string[] {
  return reader.entries.map(({ text }) => text);
}
