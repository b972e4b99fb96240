import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scrubEnvironment } from '../../runner/core/environment.ts';

/** A commit's author and nothing of the developer's own configuration. */
const identity = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.invalid',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.invalid',
};

/** The environment for git in tests; `home` is a folder of the test. */
export function gitEnvironment(home: string): Record<string, string> {
  return { ...scrubEnvironment(process.env), HOME: home, ...identity };
}

/** A real repository on disk. */
export class TestRepository {
  readonly path: string;
  readonly env: Record<string, string>;

  constructor(folder: string, env: Record<string, string> = gitEnvironment(path.dirname(folder))) {
    this.path = folder;
    this.env = env;
  }

  /** Runs git in the repository, or in `cwd`, and returns what it prints, without the last line's end. */
  git(args: readonly string[], cwd = this.path): string {
    const options: ExecFileSyncOptionsWithStringEncoding = { cwd, env: this.env, encoding: 'utf8', timeout: 60_000 };
    return execFileSync('git', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }).replace(/\n$/, '');
  }

  /** Writes files, named relative to the repository or to `cwd`. */
  write(files: Readonly<Record<string, string>>, cwd = this.path): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(cwd, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  /** Writes files and commits everything. Returns the commit's id. */
  commit(files: Readonly<Record<string, string>>, message = 'change', cwd = this.path): string {
    this.write(files, cwd);
    this.git(['add', '--all'], cwd);
    this.git(['commit', '--quiet', '--allow-empty', '-m', message], cwd);
    return this.git(['rev-parse', 'HEAD'], cwd);
  }
}

/** Makes a repository with one commit on `main`; `files: null` makes one without a commit. */
export function makeRepository(
  folder: string,
  files: Readonly<Record<string, string>> | null = { 'readme.md': '# Test\n' },
): TestRepository {
  mkdirSync(folder, { recursive: true });
  const repository = new TestRepository(folder);
  repository.git(['init', '--quiet', '--initial-branch=main']);
  if (files !== null) repository.commit(files, 'first');
  return repository;
}
