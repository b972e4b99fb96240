import assert from 'node:assert/strict';
import type { TranscriptMatch, TranscriptMatches } from '../../../runner/protocol/models.ts';
import type { AgentFindParams } from '../../../runner/protocol/requests.ts';
import { ConversationFinder } from '../../../webview/agent/conversationFinder.ts';
import { findWords } from '../../../webview/agent/findWords.ts';
import { HostError, noHost } from '../../../webview/shared/host.ts';
import { waitFor } from '../../support/waitFor.ts';

const end = Number.POSITIVE_INFINITY;

describe('ConversationFinder', () => {
  it('finds page by page, leads to the newest match, and goes from match to match', async () => {
    const { finder, settled } = make([[match(90, 2), match(80)], [], [match(10)]]);
    finder.seek('needle', end);
    assert.equal(findWords(finder), 'Searching…');
    await settled();
    assert.deepEqual([finder.current, findWords(finder)], [{ place: 90, nth: 1 }, '1 of 4']);
    const seen = Array.from({ length: 4 }, () => stepped(finder, 1));
    assert.deepEqual(seen, ['90/0 2 of 4', '80/0 3 of 4', '10/0 4 of 4', '90/1 1 of 4']);
    assert.deepEqual([stepped(finder, -1), stepped(finder, -1)], ['10/0 4 of 4', '80/0 3 of 4']);
  });

  it('begins near the place where the person is', async () => {
    const { finder, settled } = make([[match(90), match(80)], [match(70, 3)]]);
    finder.seek('needle', 75);
    await settled();
    assert.deepEqual([finder.current, findWords(finder)], [{ place: 70, nth: 2 }, '3 of 5']);
    finder.seek('needle', 5);
    await settled();
    assert.deepEqual(finder.current, { place: 90, nth: 0 });
  });

  it('asks one question at a time, and leaves an answer about another text', async () => {
    const { finder, settled, asked, hold, release } = make([[match(9)]]);
    hold();
    for (const text of ['n', 'ne', 'nee']) finder.seek(text, end);
    assert.deepEqual(textsOf(asked), ['n']);
    release();
    await settled();
    assert.deepEqual([textsOf(asked), findWords(finder)], [['n', 'nee'], '1 of 1']);
  });

  it('says that there is nothing, and nothing of nothing', async () => {
    const { finder, settled } = make([[]]);
    finder.seek('absent', end);
    await settled();
    assert.equal(findWords(finder), 'No results');
    finder.step(1);
    finder.seek('', end);
    assert.deepEqual([findWords(finder), finder.isSearching], ['', false]);
  });

  it('counts what is said meanwhile, and stays where the person is', async () => {
    const { finder, settled, asked, say } = make([[match(90)], [match(10)]]);
    finder.seek('needle', end);
    await settled();
    const before = finder.current;
    say([match(95, 2)]);
    finder.refresh();
    await settled();
    assert.deepEqual([finder.current, findWords(finder)], [before, '3 of 4']);
    assert.deepEqual(asked.at(-1), { id: 'MIN-1', text: 'needle', after: 'c1' });
    finder.refresh();
    finder.refresh();
    await settled();
    assert.equal(findWords(finder), '3 of 4');
  });

  it('does not go round while older parts are looked at', async () => {
    const { finder, asked, hold, release, settled } = make([[match(90)], [match(10)]]);
    finder.seek('needle', end);
    hold();
    await waitFor(() => finder.current, { timeoutMs: 1_000, what: 'the first match' });
    assert.deepEqual([stepped(finder, 1), asked.length], ['90/0 1 of 1+', 2]);
    release();
    await settled();
    assert.equal(stepped(finder, 1), '10/0 2 of 2');
  });

  it('stops at a text that is everywhere, and says so', async () => {
    const everywhere = Array.from({ length: 10_000 }, (_, index) => match(20_000 - index, 2));
    const { finder, settled, asked } = make([everywhere, [match(1)]]);
    finder.seek('e', end);
    await settled();
    assert.deepEqual([findWords(finder), asked.length], ['1 of 20,000+', 1]);
  });

  it('says why it cannot look, and looks again when more was said', async () => {
    const { finder, settled, failWith } = make([[match(9)]]);
    failWith(new HostError({ code: 'runnerAway', kind: 'user', message: 'The runner is away.' }));
    finder.seek('needle', end);
    await settled();
    assert.equal(findWords(finder), 'The runner is away.');
    failWith(undefined);
    finder.refresh();
    await settled();
    assert.equal(findWords(finder), '1 of 1');
  });

  it('stays at a match while it looks again after a failure', async () => {
    const { finder, settled, failWith } = make([[match(90)], [match(10)]]);
    finder.seek('needle', end);
    await settled();
    finder.step(1);
    const before = finder.current;
    failWith(new HostError({ code: 'runnerAway', kind: 'user', message: 'The runner is away.' }));
    finder.refresh();
    await settled();
    assert.equal(findWords(finder), 'The runner is away.');
    failWith(undefined);
    finder.refresh();
    await settled();
    assert.deepEqual([finder.current, findWords(finder)], [before, '2 of 2']);
  });

  it('goes to another match where the one before is not there any more', async () => {
    const { finder, settled, failWith, beginAnew } = make([[match(90)]]);
    finder.seek('needle', end);
    await settled();
    failWith(new HostError({ code: 'noTranscriptYet', kind: 'user', message: 'It has no transcript yet.' }));
    finder.refresh();
    await settled();
    failWith(undefined);
    beginAnew([[match(7), match(5)]]);
    finder.refresh();
    await settled();
    assert.equal(findWords(finder), '? of 2');
    assert.deepEqual([stepped(finder, 1), stepped(finder, 1)], ['7/0 1 of 2', '5/0 2 of 2']);
  });

  it('leaves what another file held, and leads nobody away until they ask', async () => {
    const { finder, settled, beginAnew } = make([[match(90, 2)], [match(80)]]);
    finder.seek('needle', end);
    await settled();
    beginAnew([[match(90)], [match(10, 3)]]);
    finder.refresh();
    await settled();
    assert.deepEqual([finder.current, findWords(finder)], [undefined, '? of 4']);
    assert.deepEqual([stepped(finder, 1), stepped(finder, 1)], ['90/0 1 of 4', '10/2 2 of 4']);
  });

  it('looks again where another file began between two pages', async () => {
    const { finder, settled, hold, release, beginAnew } = make([[match(90)], [match(80)]]);
    finder.seek('needle', end);
    hold();
    await waitFor(() => finder.current, { timeoutMs: 1_000, what: 'the first match' });
    beginAnew([[match(5)]]);
    release();
    await settled();
    assert.equal(findWords(finder), '? of 1');
  });
});

/** A runner that answers these pages, newest first; what is said later comes before them. */
function make(given: TranscriptMatch[][]) {
  let pages = given;
  let file = 'c';
  let said: TranscriptMatch[] = [];
  let failure: Error | undefined;
  let held: Promise<void> = Promise.resolve();
  let letGo = (): void => undefined;
  let isUnderWay = false;
  const asked: AgentFindParams[] = [];
  const answer = async (params: AgentFindParams): Promise<TranscriptMatches> => {
    asked.push(params);
    await held;
    if (failure !== undefined) throw failure;
    const { after, before } = params;
    const isAnew = [after, before].some((cursor) => cursor?.startsWith(file) === false);
    if (isAnew) return { found: before === undefined ? pages.flat() : [], cursor: `${file}1`, start: null, isAnew };
    if (after !== undefined) {
      const found = after === `${file}1` ? said : [];
      return { found, cursor: said.length > 0 ? `${file}2` : `${file}1`, start: null, isAnew };
    }
    const index = Number(before?.slice(1) ?? 0);
    const start = index + 1 < pages.length ? `${file}${index + 1}` : null;
    return { found: pages[index] ?? [], cursor: `${file}1`, start, isAnew };
  };
  const request = async (_type: unknown, params: never) => {
    isUnderWay = true;
    try {
      return (await answer(params)) as never;
    } finally {
      isUnderWay = false;
    }
  };
  const host = { ...noHost, request };
  const element = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined };
  const finder = new ConversationFinder({ ...element, updateComplete: Promise.resolve(true) }, () => ({
    host,
    id: 'MIN-1',
  }));
  return {
    finder,
    asked,
    say: (found: TranscriptMatch[]) => {
      said = found;
    },
    beginAnew: (others: TranscriptMatch[][]) => {
      pages = others;
      file = 'd';
    },
    failWith: (error: Error | undefined) => {
      failure = error;
    },
    hold: () => {
      held = new Promise((resolve) => {
        letGo = resolve;
      });
    },
    release: () => letGo(),
    /** Every question was answered, and no other followed. */
    settled: () =>
      waitFor(() => (!isUnderWay && !finder.isSearching) || undefined, { timeoutMs: 1_000, what: 'the end of it' }),
  };
}

function match(place: number, matches = 1): TranscriptMatch {
  return { place, matches };
}

function stepped(finder: ConversationFinder, direction: 1 | -1): string {
  finder.step(direction);
  return `${finder.current?.place}/${finder.current?.nth} ${findWords(finder)}`;
}

function textsOf(asked: readonly AgentFindParams[]): string[] {
  return asked.map(({ text }) => text);
}
