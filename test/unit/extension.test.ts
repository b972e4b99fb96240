import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

interface Disposable {
  dispose(): void;
}

interface Extension {
  activate(context: { subscriptions: Disposable[]; extension: { packageJSON: { version: string } } }): void;
  deactivate?(): void;
}

/** Loads the bundle as VS Code does: CommonJS, with `vscode` given from outside and nothing else but Node's modules. */
function loadBundle(file: string, vscode: object): Extension {
  const nodeRequire = createRequire(file);
  const hostRequire = (id: string): unknown => (id === 'vscode' ? vscode : nodeRequire(id));
  const bundle: { exports: Partial<Extension> } = { exports: {} };
  new Function('require', 'module', 'exports', readFileSync(file, 'utf8'))(hostRequire, bundle, bundle.exports);
  assert.equal(typeof bundle.exports.activate, 'function');
  return bundle.exports as Extension;
}

describe('dist/extension.js', () => {
  it('loads, activates, and leaves nothing behind when it is deactivated', () => {
    const file = resolve('dist/extension.js');
    assert.ok(existsSync(file), 'dist/extension.js is missing: npm run build');
    const openChannels = new Set<string>();
    const lines: string[] = [];
    const extension = loadBundle(file, {
      window: {
        createOutputChannel(name: string) {
          openChannels.add(name);
          return { info: (line: string) => lines.push(line), dispose: () => openChannels.delete(name) };
        },
      },
    });
    const subscriptions: Disposable[] = [];

    extension.activate({ subscriptions, extension: { packageJSON: { version: '1.2.3' } } });
    assert.deepEqual([...openChannels], ['Panopticon']);
    assert.deepEqual(lines, ['Panopticon 1.2.3 is active.']);

    extension.deactivate?.();
    for (const subscription of subscriptions) subscription.dispose();
    assert.deepEqual([...openChannels], []);
  });
});
