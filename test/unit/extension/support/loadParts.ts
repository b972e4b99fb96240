import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { buildSync } from 'esbuild';
import type { App } from '../../../../extension/src/app.ts';

/** Of the parts themselves: a class that was loaded twice is two. */
type Failures = Pick<typeof import('../../../../runner/protocol/errors.ts'), 'UserError'>;

const needs = createRequire(import.meta.url);

/** Loads files of extension/src with a stand-in for VS Code; `T`: what they export. */
export function loadParts<T>(vscode: object, ...files: string[]): T & Failures {
  const parts = [...files.map((file) => `extension/src/${file}`), 'runner/protocol/errors.ts'];
  const [bundle] = buildSync({
    stdin: { contents: parts.map((file) => `export * from './${file}';`).join('\n'), resolveDir: path.resolve('.') },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'error',
  }).outputFiles;
  const loaded: { exports: unknown } = { exports: {} };
  const require = (id: string): unknown => (id === 'vscode' ? vscode : needs(id));
  compileFunction(bundle?.text ?? '', ['require', 'module', 'exports'])(require, loaded, loaded.exports);
  return loaded.exports as T & Failures;
}

/** As much of the extension as a test needs. */
export function partsOf(parts: { [Name in keyof App]?: object }): App {
  const views = { withProgress: <R>(_: string, task: () => Promise<R>) => task(), likeliestAgent: () => undefined };
  return { ...parts, views: { ...views, ...parts.views } } as unknown as App;
}

/** A runner that answers with these methods. */
export function runnerWith(methods: Readonly<Record<string, Readonly<Record<string, unknown>>>>): {
  get(): Promise<unknown>;
  getUnasked(): Promise<unknown>;
} {
  return { get: async () => methods, getUnasked: async () => methods };
}
