import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Makes a new empty folder and returns its real path (macOS hands out its temporary folder through a link). The caller
 * removes it; inside a mocha suite `useTempFolder` does both.
 */
export function tempFolder(prefix = 'panopticon-test-'): string {
  return mkdtempSync(path.join(realpathSync(os.tmpdir()), prefix));
}

/**
 * Gives every test of the surrounding suite a folder of its own, removed after the test and after all other
 * `afterEach` hooks of the suite, so that those may still stop what runs in it. The returned function answers the
 * folder of the running test; call it inside tests and inside hooks that are registered after this call.
 */
export function useTempFolder(prefix?: string): () => string {
  let folder: string | undefined;
  // mocha runs `afterEach` hooks in the order they were added: added from `before`, this one is the last.
  before(function () {
    this.test?.parent?.afterEach('remove the folder of the test', () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
      folder = undefined;
    });
  });
  beforeEach(() => {
    folder = tempFolder(prefix);
  });
  return () => {
    if (folder === undefined) throw new Error('useTempFolder: there is a folder only while a test runs');
    return folder;
  };
}
