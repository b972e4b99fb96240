import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FollowedFile } from '../../../extension/src/runner/followedFile.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('FollowedFile', () => {
  const folder = useTempFolder();
  let followed: FollowedFile | undefined;
  let shown = '';
  afterEach(() => {
    followed?.dispose();
    followed = undefined;
    shown = '';
  });

  it('shows what is in a file, and then what is added', async () => {
    const file = path.join(folder(), 'daemon.log');
    writeFileSync(file, 'one\n');
    follow(file);
    await reads('one\n');
    appendFileSync(file, 'two\n');
    await reads('one\ntwo\n');
  });

  it('shows the end of a large file, from the beginning of a line', async () => {
    const file = path.join(folder(), 'daemon.log');
    const line = (number: number) => `line ${String(number).padStart(6, '0')}\n`;
    writeFileSync(file, Array.from({ length: 20_000 }, (_, number) => line(number)).join(''));
    follow(file);
    await waitFor(() => (shown.endsWith(line(19_999)) ? true : undefined), { timeoutMs: 5_000, what: 'the end' });
    assert.match(shown, /^line \d{6}\n/);
    assert.ok(shown.length <= 64 * 1024);
  });

  it('goes on with the file that takes its place', async () => {
    const file = path.join(folder(), 'daemon.log');
    writeFileSync(file, 'a long first line\n');
    follow(file);
    await reads('a long first line\n');
    renameSync(file, `${file}.1`);
    writeFileSync(file, 'new\n');
    await reads('a long first line\nnew\n');
  });

  it('waits for a file that is not there yet', async () => {
    const file = path.join(folder(), 'daemon.log');
    follow(file);
    writeFileSync(file, 'first\n');
    await reads('first\n');
  });

  it('keeps a character whole that was written in two parts', async () => {
    const file = path.join(folder(), 'daemon.log');
    const [first, second] = [Buffer.from('a…').subarray(0, 2), Buffer.from('a…').subarray(2)];
    writeFileSync(file, first);
    follow(file);
    await reads('a');
    appendFileSync(file, second);
    await reads('a…');
  });

  it('shows nothing where there is not even a folder', () => {
    follow(path.join(folder(), 'log', 'daemon.log'));
    mkdirSync(path.join(folder(), 'log'));
    assert.equal(shown, '');
  });

  it('shows nothing more once it is disposed', async () => {
    const file = path.join(folder(), 'daemon.log');
    writeFileSync(file, 'one\n');
    follow(file);
    followed?.dispose();
    let other = '';
    const second = new FollowedFile(file, (text) => {
      other += text;
    });
    await waitFor(() => other || undefined, { timeoutMs: 5_000, what: 'the second reader' });
    second.dispose();
    assert.equal(shown, '');
  });

  function follow(file: string): void {
    followed = new FollowedFile(file, (text) => {
      shown += text;
    });
  }

  async function reads(text: string): Promise<void> {
    await waitFor(() => (shown.length >= text.length ? true : undefined), { timeoutMs: 5_000, what: text });
    assert.equal(shown, text);
  }
});
