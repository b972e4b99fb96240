import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { transform } from 'esbuild';

/** A window that opens loads all of it: 0.04 ms a kB. */
const mostBytes = 200_000;

describe('dist/extension.js', () => {
  const file = resolve('dist/extension.js');
  before(() => assert.ok(existsSync(file), 'dist/extension.js is missing: npm run build'));

  it('needs nothing but VS Code and Node', () => {
    const needed = [...readFileSync(file, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1] ?? '');
    const known = new Set(['vscode', ...builtinModules]);
    assert.ok(needed.includes('vscode'));
    assert.deepEqual(
      needed.filter((name) => !known.has(name.replace(/^node:/, ''))),
      [],
    );
  });

  it('takes the API of VS Code once, however many files use it', () => {
    assert.equal(readFileSync(file, 'utf8').match(/\brequire\("vscode"\)/g)?.length, 1);
  });

  it('is small once it is minified', async () => {
    const { code } = await transform(readFileSync(file, 'utf8'), { minify: true, legalComments: 'none' });
    assert.ok(code.length <= mostBytes, `it has ${code.length} bytes`);
  });
});
