import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type * as opening from '../../../../extension/src/commands/setup/configOpen.ts';
import { defaultConfig } from '../../../../runner/protocol/defaultConfig.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { loadParts, partsOf } from '../support/loadParts.ts';

describe('Open config.toml', () => {
  const home = useTempFolder();

  /** What is shown, as `scheme:path`, and the text of one that is new, after it was opened twice. */
  async function opened(): Promise<{ shown: string[]; text: string }> {
    const shown: string[] = [];
    let text = '';
    const uri = (scheme: string, fsPath: string) => ({
      fsPath,
      with: (changes: { scheme: string }) => uri(changes.scheme, fsPath),
      toString: () => `${scheme}:${fsPath}`,
    });
    const edit = async (change: (edit: { insert(place: unknown, added: string): void }) => void) =>
      change({
        insert: (_, added) => {
          text += added;
        },
      });
    const showTextDocument = async (address: object) => {
      shown.push(String(address));
      return { document: { getText: () => text }, edit };
    };
    const { configOpen } = loadParts<typeof opening>(
      { Position: class {}, Uri: { file: (file: string) => uri('file', file) }, window: { showTextDocument } },
      'commands/setup/configOpen.ts',
    );
    const app = partsOf({ home });
    await configOpen.run(app);
    await configOpen.run(app);
    return { shown, text };
  }

  it('begins one that is not there with what can be set', async () => {
    const { shown, text } = await opened();
    assert.equal(shown[0], `untitled:${path.join(home(), 'config.toml')}`);
    assert.equal(text, defaultConfig);
  });

  it('shows the one that is there', async () => {
    writeFileSync(path.join(home(), 'config.toml'), '');
    assert.deepEqual(await opened(), { shown: Array(2).fill(`file:${path.join(home(), 'config.toml')}`), text: '' });
  });
});
