import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../../runner/core/files/makeFolder.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('makeFolder', () => {
  const folder = useTempFolder();

  it('makes all that is missing, for us alone, and leaves what is there', async () => {
    const deep = path.join(folder(), 'a/b/c');
    await makeFolder(deep);
    await makeFolder(deep);
    for (const each of [deep, path.dirname(deep)]) assert.equal(statSync(each).mode & 0o777, 0o700);
  });

  it('says what the system says, and ends, where nothing can be made', async () => {
    writeFileSync(path.join(folder(), 'file'), '');
    await assert.rejects(makeFolder(path.join(folder(), 'file/x/y')), { code: 'ENOTDIR' });
    if (process.platform === 'linux') await assert.rejects(makeFolder('/proc/nope/x'), { code: 'ENOENT' });
  });
});
