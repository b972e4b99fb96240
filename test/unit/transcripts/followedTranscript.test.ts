import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Turnstile } from '../../../runner/core/files/turnstile.ts';
import { FollowedTranscript } from '../../../runner/core/transcripts/followedTranscript.ts';
import { openTranscript } from '../../../runner/core/transcripts/openTranscript.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { madeUpFormat } from './madeUpFormat.ts';

describe('what is watched of a transcript', () => {
  const folder = useTempFolder();
  const root = () => path.join(folder(), 'root');
  beforeEach(() => mkdirSync(path.join(root(), 'project', 'one', 'subagents'), { recursive: true }));

  async function watchedFor(file: string, sessionId: string | null, named = root()): Promise<string[]> {
    const watched: string[] = [];
    const quiet = () => undefined;
    const transcript = new FollowedTranscript({
      agentId: 'agent-min-1',
      source: { path: file, runtime: 'made-up', format: madeUpFormat(named), sessionId },
      root: named,
      usage: { progress: quiet, take: quiet },
      open: openTranscript,
      turns: new Turnstile(1),
      listener: { onSign: quiet, onPrompt: quiet, onGrowth: quiet },
      clock: new MovableClock(),
      log: { info: quiet, warn: quiet, error: quiet },
      watch: (name) => {
        watched.push(name);
        return quiet;
      },
    });
    transcript.start();
    await transcript.stop();
    return watched;
  }

  it('is the file and the folder of its subagents', async () => {
    const file = path.join(root(), 'project', 'one.jsonl');
    assert.deepEqual(await watchedFor(file, 'one'), [file, path.join(root(), 'project', 'one', 'subagents')]);
  });

  it('is nothing outside of the tool’s folder, whatever a hook named', async () => {
    for (const file of [path.join(folder(), 'private', 'one.jsonl'), `${root()}/../private/one.jsonl`, '/', root()])
      assert.deepEqual(await watchedFor(file, null), []);
    const file = path.join(root(), 'project', 'one.jsonl');
    assert.deepEqual(await watchedFor(file, '../../../private'), [file]);
  });

  it('is found where the tool names its folder by its real path', async () => {
    symlinkSync(root(), path.join(folder(), 'link'));
    const file = path.join(root(), 'project', 'one.jsonl');
    assert.deepEqual(await watchedFor(file, null, path.join(folder(), 'link')), [file]);
  });
});
