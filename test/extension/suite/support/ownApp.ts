import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { App } from '../../../../extension/src/app.ts';
import { waitFor } from '../../../support/waitFor.ts';

/** The parts of the extension under test, which it answers to tests only; connected to its runner. */
export async function ownApp(): Promise<App> {
  const extension = vscode.extensions.getExtension<App | undefined>('panopticon.panopticon');
  assert.ok(extension, 'VS Code does not know the extension');
  const app = await extension.activate();
  assert.ok(app, 'the extension does not take this for a test');
  const ready = (): true | undefined => (app.runner.state === 'ready' ? true : undefined);
  await waitFor(ready, { timeoutMs: 20_000, what: 'the extension to be connected' });
  return app;
}
