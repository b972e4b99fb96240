import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { openRegular, readRegular, readRegularSync, UnfitFile } from '../../../runner/core/files/readRegular.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('reading what somebody else may have put there', () => {
  const folder = useTempFolder();
  const at = (name: string) => path.join(folder(), name);
  const maxBytes = 2 * 1024;

  /** Both ways of reading, which answer the same. */
  async function read(name: string, followsLinks = false): Promise<string> {
    const options = { maxBytes, followsLinks };
    const later = await readRegular(at(name), options).catch((error: unknown) => error);
    try {
      const now = readRegularSync(at(name), options);
      assert.equal(later, now);
      return now;
    } catch (error) {
      assert.deepEqual(later, error);
      throw error;
    }
  }

  it('reads a whole file', async () => {
    writeFileSync(at('file'), 'é'.repeat(1_000));
    assert.equal(await read('file'), 'é'.repeat(1_000));
    writeFileSync(at('empty'), '');
    assert.equal(await read('empty'), '');
  });

  it('refuses a pipe, a folder, a link and what is too large, at once', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    mkdirSync(at('folder'));
    writeFileSync(at('file'), 'x');
    symlinkSync(at('file'), at('link'));
    writeFileSync(at('large'), 'x'.repeat(maxBytes + 1));
    await assert.rejects(read('pipe'), new UnfitFile('it is no file'));
    await assert.rejects(read('folder'), new UnfitFile('it is a folder'));
    await assert.rejects(read('link'), new UnfitFile('it is a link'));
    await assert.rejects(read('large'), new UnfitFile('it is larger than 2 kB'));
    await assert.rejects(openRegular(at('pipe')), UnfitFile);
  });

  it('refuses a socket', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
    await assert.rejects(read('socket'), new UnfitFile('it is no file'));
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('follows a link where people may keep the file elsewhere, and no pipe behind it', async () => {
    writeFileSync(at('file'), 'x');
    symlinkSync(at('file'), at('link'));
    assert.equal(await read('link', true), 'x');
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync(at('pipe'), at('to-pipe'));
    await assert.rejects(read('to-pipe', true), new UnfitFile('it is no file'));
  });

  it('says what the system says of one that is not there', async () => {
    await assert.rejects(read('missing'), { code: 'ENOENT' });
  });
});
