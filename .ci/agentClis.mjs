#!/usr/bin/env node
/**
 * Installs the AI tools that `npm run test:agents` and `test:e2e` drive into .cache/agent-clis/. Says nothing when they
 * are there. Their versions are those whose behaviour the runtimes describe.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const versions = {
  '@anthropic-ai/claude-code': '2.1.330',
  '@openai/codex': '0.169.0',
  '@google/gemini-cli': '0.61.0',
};
const attempts = 3;

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), '.cache/agent-clis');
const missing = Object.entries(versions).filter(([name, version]) => installedVersion(name) !== version);

if (missing.length > 0) {
  mkdirSync(folder, { recursive: true });
  // All of them: npm removes from a folder what it was not asked for.
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', ...wanted];
  let isDone = false;
  for (let attempt = 1; !isDone && attempt <= attempts; attempt += 1) {
    isDone = spawnSync('npm', args, { stdio: 'inherit' }).status === 0;
  }
  if (!isDone) {
    console.error(`The AI tools could not be installed: npm ${args.join(' ')}`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} name of a package
 * @returns {string | undefined}
 */
function installedVersion(name) {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}
