import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Changes } from '../../../runner/core/changes.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import { TranscriptFollower } from '../../../runner/core/transcripts/transcriptFollower.ts';
import { type WatchPath, watchPath } from '../../../runner/core/transcripts/watchPath.ts';
import { Ledger } from '../../../runner/core/usage/ledger.ts';
import { totalTokens } from '../../../runner/core/usage/tokens.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';
import { lines, madeUpFormat, someTime } from './madeUpFormat.ts';
import { openCounting } from './openCounting.ts';

const agent = 'agent-min-1';
const patienceMs = 10_000;

describe('following transcripts', () => {
  const folder = useTempFolder();
  let clock: MovableClock;
  let ledger: Ledger;
  let follower: TranscriptFollower;
  let told: unknown[];
  let warnings: string[];
  let bytesRead: number;
  let announced: string[];

  beforeEach(() => begin());
  afterEach(() => follower.stop());

  const transcript = () => path.join(folder(), 'root', 'project', 'one.jsonl');
  const subagent = (name: string) => path.join(folder(), 'root', 'project', 'one', 'subagents', name);
  const source = () => ({ path: transcript(), sessionId: 'one', runtime: 'made-up', format });
  let format = madeUpFormat('');

  /** A runner begins, or begins again. */
  function begin(watch: WatchPath = watchPath): void {
    format = madeUpFormat(path.join(folder(), 'root'));
    clock = new MovableClock();
    told = [];
    warnings = [];
    bytesRead = 0;
    announced = [];
    const log = { info: () => undefined, warn: (text: string) => void warnings.push(text), error: () => undefined };
    const paths = createPaths(path.join(folder(), 'home'));
    mkdirSync(paths.agent(agent).folder, { recursive: true });
    ledger = new Ledger({ paths, clock, log });
    const changes = new Changes();
    changes.listen(({ scope, ids }) => announced.push(`${scope} ${ids.join(' ')}`));
    follower = new TranscriptFollower({
      ledger,
      changes,
      envOf: async () => ({}),
      clock,
      log,
      watch,
      open: openCounting((bytes) => {
        bytesRead += bytes;
      }),
      listener: {
        onSign: (id, sign) => told.push(['sign', id, sign]),
        onPrompt: (id, prompt) => told.push(['prompt', id, prompt]),
        onGrowth: (id) => told.push(['growth', id]),
        onUnseen: () => undefined,
        onSeen: () => undefined,
      },
    });
  }

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, text);
  }

  async function used(id = agent): Promise<number> {
    const totals = await ledger.totals(id);
    return [...totals.values()]
      .flatMap((models) => [...models.values()])
      .reduce((sum, each) => sum + totalTokens(each), 0);
  }

  /** Only events tell that there is something to read: nothing here looks by itself. */
  function usedBecomes(count: number): Promise<true> {
    const probe = async () => ((await used()) === count ? true : undefined);
    return waitFor(probe, { timeoutMs: patienceMs, what: `${count} tokens` });
  }

  it('reads what is there, tells signs and prompts with their times, and counts use', async () => {
    write(transcript(), lines({ prompt: 'go' }, { id: 'm1', output: 5 }, { parked: '2026-11-22T16:00:00.000Z' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    assert.equal(await used(), 5);
    assert.deepEqual(told, [
      ['prompt', agent, { at: someTime, text: 'go' }],
      [
        'sign',
        agent,
        {
          source: 'transcript',
          state: 'parked',
          detail: 'usage limit',
          cause: 'limit',
          since: someTime,
          until: '2026-11-22T16:00:00.000Z',
        },
      ],
      ['growth', agent],
    ]);
  });

  it('takes what is appended, as the system tells it, and reads only that', async () => {
    write(transcript(), lines({ id: 'm1' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    const before = bytesRead;
    const more = lines({ id: 'm2' });
    write(transcript(), more.slice(0, 5));
    write(transcript(), more.slice(5));
    await usedBecomes(2);
    assert.equal(bytesRead - before, more.length);
  });

  it('finds a transcript whose folders are made later', async () => {
    await follower.follow(agent, source());
    write(transcript(), lines({ id: 'm1' }));
    await usedBecomes(1);
    write(transcript(), lines({ id: 'm2' }));
    await usedBecomes(2);
  });

  it('counts subagents, and takes nothing they are told for what the agent is told', async () => {
    write(transcript(), lines({ id: 'm1' }));
    write(subagent('a.jsonl'), lines({ prompt: 'look around' }, { id: 's1' }));
    await follower.follow(agent, source());
    await usedBecomes(2);
    write(subagent('b.jsonl'), lines({ id: 's2' }));
    await usedBecomes(3);
    write(subagent('a.jsonl'), lines({ id: 's3' }));
    await usedBecomes(4);
    assert.deepEqual(
      told.filter((each) => Array.isArray(each) && each[0] === 'prompt'),
      [],
    );
  });

  it('notices the first subagent when it comes', async () => {
    write(transcript(), lines({ id: 'm1' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    write(subagent('a.jsonl'), lines({ id: 's1' }));
    await usedBecomes(2);
  });

  it('counts a message once, with its last numbers, also when another file repeats it', async () => {
    write(transcript(), lines({ id: 'm1', output: 1 }, { id: 'm1', output: 7 }));
    write(subagent('a.jsonl'), lines({ id: 'm1', output: 7 }));
    await follower.follow(agent, source());
    await follower.unfollow(agent);
    assert.equal(await used(), 7);
  });

  it('goes on where it was after a restart, and reads nothing again', async () => {
    write(transcript(), lines({ id: 'm1' }, { id: 'm2' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    await follower.stop();
    const more = lines({ id: 'm3' });
    write(transcript(), more);
    begin();
    await follower.follow(agent, source());
    await follower.settled(agent);
    assert.equal(await used(), 3);
    assert.equal(bytesRead, more.length);
  });

  it('knows after a restart what the transcript said last, unless it is another one by now', async () => {
    const parked = { parked: '2026-11-22T16:00:00.000Z' };
    write(subagent('a.jsonl'), lines({ parked: '2027-01-01T00:00:00.000Z' }));
    write(transcript(), lines(parked, { id: 'm1' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    const signs = () => told.filter((each) => Array.isArray(each) && each[0] === 'sign');
    const before = signs();
    assert.equal(before.length, 1);
    await follower.stop();
    begin();
    await follower.follow(agent, source());
    await follower.settled(agent);
    assert.deepEqual([signs(), bytesRead], [before, 0]);
    await follower.stop();
    begin();
    rmSync(transcript());
    write(transcript(), lines({ id: 'm2' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    assert.deepEqual(signs(), []);
  });

  it('loses and doubles nothing when the runner is killed before it wrote', async () => {
    write(transcript(), lines({ id: 'm1' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    clock.move(5_000);
    const file = createPaths(path.join(folder(), 'home')).agent(agent).usage;
    await waitFor(() => existsSync(file) || undefined, { timeoutMs: patienceMs, what: file });
    const written = readFileSync(file, 'utf8');
    write(transcript(), lines({ id: 'm2' }));
    await usedBecomes(2);
    await follower.stop();
    writeFileSync(file, written);
    begin();
    await follower.follow(agent, source());
    await follower.settled(agent);
    assert.equal(await used(), 2);
  });

  it('begins a transcript anew that was replaced or cut, without counting twice', async () => {
    write(transcript(), lines({ id: 'm1' }, { id: 'm2' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    const replacement = `${transcript()}.new`;
    write(replacement, lines({ id: 'm1' }, { id: 'm2' }, { id: 'm3' }));
    renameSync(replacement, transcript());
    await usedBecomes(3);
    truncateSync(transcript(), 0);
    write(transcript(), lines({ id: 'm4' }));
    await usedBecomes(4);
  });

  it('passes over lines that say nothing and warns once', async () => {
    write(transcript(), `not json\n{"half":\n${lines({ broken: true }, { id: 'm1' })}`);
    await follower.follow(agent, source());
    await follower.settled(agent);
    assert.equal(await used(), 1);
    assert.equal(warnings.length, 1);
  });

  it('reads no file outside of the tool’s folder, also not through a link', async () => {
    const outside = path.join(folder(), 'secret.jsonl');
    writeFileSync(outside, lines({ id: 'm1' }));
    mkdirSync(path.dirname(transcript()), { recursive: true });
    symlinkSync(outside, transcript());
    await follower.follow(agent, source());
    await follower.follow('agent-min-2', { path: outside, sessionId: null, runtime: 'made-up', format });
    await follower.settled(agent);
    await follower.settled('agent-min-2');
    assert.equal(bytesRead, 0);
    assert.match(warnings.join(), /not below/);
  });

  it('announces growth at once, and then at most four times a second', async () => {
    write(transcript(), lines({ id: 'm1' }));
    await follower.follow(agent, source());
    await follower.settled(agent);
    assert.deepEqual(announced, ['transcripts agent-min-1']);
    for (let count = 2; count < 6; count += 1) {
      write(transcript(), lines({ id: `m${count}` }));
      await follower.settled(agent);
    }
    assert.equal(announced.length, 1);
    clock.move(250);
    assert.equal(announced.length, 2);
    clock.move(250);
    clock.move(5_000);
    assert.equal(announced.length, 2);
    await follower.settled(agent);
    assert.equal(clock.waiting, 0);
  });

  it('reads the last words of an agent that is left, and nothing after them', async () => {
    await follower.follow(agent, source());
    write(transcript(), lines({ id: 'm1' }));
    await follower.unfollow(agent);
    assert.equal(await used(), 1);
    write(transcript(), lines({ id: 'm2' }));
    await follower.catchUp(agent, source());
    assert.equal(await used(), 2);
  });

  it('looks now and then where the system cannot watch', async () => {
    const full = Object.assign(new Error('no watches left'), { code: 'ENOSPC' });
    begin(() => {
      throw full;
    });
    await follower.follow(agent, source());
    write(transcript(), lines({ id: 'm1' }));
    clock.move(5_000);
    await usedBecomes(1);
  });

  it('starts beside a hundred transcripts of 100 MB without reading them, and a line costs a line', async function () {
    this.timeout(60_000);
    const count = 100;
    const bytes = 100 * 1024 * 1024;
    const home = createPaths(path.join(folder(), 'home'));
    const first = lines({ id: 'first' });
    const ids = Array.from({ length: count }, (_, index) => `agent-big-${index + 1}`);
    const fileOf = (id: string) => path.join(folder(), 'root', id, 'long.jsonl');
    for (const id of ids) {
      mkdirSync(home.agent(id).folder, { recursive: true });
      write(fileOf(id), first);
      await follower.catchUp(id, { path: fileOf(id), sessionId: null, runtime: 'made-up', format });
    }
    await follower.stop();
    // What was read before the restart: the whole of a sparse file that ends with a line.
    for (const id of ids) {
      truncateSync(fileOf(id), bytes - 1);
      write(fileOf(id), '\n');
      const stored = JSON.parse(readFileSync(home.agent(id).usage, 'utf8'));
      stored.files[fileOf(id)].offset = bytes;
      writeFileSync(home.agent(id).usage, JSON.stringify(stored));
    }
    begin();
    await Promise.all(
      ids.map((id) => follower.follow(id, { path: fileOf(id), sessionId: null, runtime: 'made-up', format })),
    );
    await Promise.all(ids.map((id) => follower.settled(id)));
    assert.equal(bytesRead, 0);
    const line = lines({ id: 'second' });
    write(fileOf('agent-big-7'), line);
    const grown = async () => ((await used('agent-big-7')) === 2 ? true : undefined);
    await waitFor(grown, { timeoutMs: patienceMs, what: 'the line' });
    assert.equal(bytesRead, line.length);
    for (const id of ids) rmSync(fileOf(id));
  });
});
