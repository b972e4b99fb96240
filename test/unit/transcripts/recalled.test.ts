import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Changes } from '../../../runner/core/changes.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import type { Environment } from '../../../runner/core/ports.ts';
import { TranscriptFollower } from '../../../runner/core/transcripts/transcriptFollower.ts';
import { Ledger } from '../../../runner/core/usage/ledger.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { lines, madeUpFormat } from './madeUpFormat.ts';

const agent = 'agent-min-1';

describe('a transcript that an earlier runner read', () => {
  const folder = useTempFolder();
  let told: string[];
  const file = () => path.join(folder(), 'root', 'one.jsonl');
  const source = () => ({
    path: file(),
    sessionId: 'one',
    runtime: 'made-up',
    format: madeUpFormat(path.dirname(file())),
  });

  beforeEach(() => {
    told = [];
    mkdirSync(path.dirname(file()), { recursive: true });
    writeFileSync(file(), lines({ id: 'm1', output: 5 }, { parked: '2026-11-22T16:00:00.000Z' }));
  });

  /** A runner begins. */
  function begin(environment: Promise<Environment>): TranscriptFollower {
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const clock = new MovableClock();
    const paths = createPaths(path.join(folder(), 'home'));
    mkdirSync(paths.agent(agent).folder, { recursive: true });
    return new TranscriptFollower({
      ledger: new Ledger({ paths, clock, log }),
      changes: new Changes(),
      envOf: () => environment,
      clock,
      log,
      listener: {
        onSign: (_, { detail }) => told.push(detail),
        onPrompt: () => undefined,
        onGrowth: () => told.push('growth'),
        onUnseen: () => told.push('unseen'),
        onSeen: () => told.push('seen'),
      },
    });
  }

  it('tells what is known of it before it is known where the tool keeps it, and when it was looked at', async () => {
    const earlier = begin(Promise.resolve({}));
    await earlier.follow(agent, source());
    await earlier.settled(agent);
    await earlier.stop();
    told = [];
    let answer: (environment: Environment) => void = () => undefined;
    const follower = begin(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    await follower.recall(agent, source());
    assert.deepEqual(told, ['unseen', 'usage limit']);
    const followed = follower.follow(agent, source());
    answer({});
    await followed;
    await follower.settled(agent);
    assert.deepEqual(told, ['unseen', 'usage limit', 'usage limit', 'growth', 'seen']);
    await follower.recall(agent, source());
    assert.equal(told.length, 5);
    await follower.stop();
  });

  it('is waited for no more when it cannot be looked at', async () => {
    const failing = Promise.reject(new Error('no shell'));
    failing.catch(() => undefined);
    const follower = begin(failing);
    await follower.recall(agent, source());
    await assert.rejects(follower.follow(agent, source()), /no shell/);
    assert.deepEqual(told, ['unseen', 'seen']);
  });
});
