#!/usr/bin/env node
/**
 * Takes the place of the `code` program for @vscode/test-electron where there is no display: same command line, same
 * exit code. VSCODE_EDITION is `newest` or `oldest`.
 */
import path from 'node:path';
import { format } from 'node:util';
import { register } from 'tsx/esm/api';

register();
const { runInHost } = await import('./runInHost.ts');

/** Far more than all tests need; a VS Code that ignores the tests would say nothing for ever. */
const timeoutMs = 300_000;

const options = new Map(
  process.argv.slice(2).flatMap((arg) => {
    const [, name, value] = /^--([A-Za-z-]+)=(.*)$/s.exec(arg) ?? [];
    return name === undefined ? [] : [[name, value]];
  }),
);
const workspace = process.argv.slice(2).find((arg) => !arg.startsWith('--'));
const extensionDevelopmentPath = options.get('extensionDevelopmentPath');
const extensionTestsPath = options.get('extensionTestsPath');

if (extensionDevelopmentPath === undefined || extensionTestsPath === undefined) {
  process.stderr.write(
    'usage: codeShim.mjs [folder] --extensionDevelopmentPath=<folder> --extensionTestsPath=<file>\n',
  );
  process.exit(2);
}

// Ctrl-C: what was started ends with this process.
process.once('SIGINT', () => process.exit(130));

const { HOME, VSCODE_EDITION: edition } = process.env;
const own = Object.entries(process.env).filter(([name]) => name.startsWith('PAN_TEST_'));
process.exitCode = await runInHost({
  edition: edition === 'oldest' ? 'oldest' : 'newest',
  extensionDevelopmentPath: path.resolve(extensionDevelopmentPath),
  extensionTestsPath: path.resolve(extensionTestsPath),
  workspace: workspace === undefined ? undefined : path.resolve(workspace),
  env: { ...Object.fromEntries(own), ...(HOME && { HOME }) },
  timeoutMs,
  write: (level, values) => (level === 'error' ? process.stderr : process.stdout).write(`${format(...values)}\n`),
});
