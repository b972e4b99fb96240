import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BenchCase } from '../benchCase.ts';
import { measured } from '../editor/measured.ts';

const limitKb = 200;

/** What VS Code reads and compiles before the extension is there; and what a view loads. */
export const extensionSize: BenchCase = {
  name: 'extension-size',
  async run(homes) {
    const { folder, vsix } = homes.extension();
    const dist = path.join(folder, 'dist');
    const kilobytes = (file: string) => statSync(file).size / 1000;
    const views = readdirSync(path.join(dist, 'webview')).map(
      (name) => `webview/${name} ${kilobytes(path.join(dist, 'webview', name)).toFixed(0)} kB`,
    );
    return [
      measured({
        what: 'extension.js, minified',
        against: 'nothing',
        value: kilobytes(path.join(dist, 'extension.js')),
        limit: limitKb,
        unit: 'kB',
        detail: [...views, `.vsix ${kilobytes(vsix[0]).toFixed(0)} kB`].join(', '),
      }),
    ];
  },
};
