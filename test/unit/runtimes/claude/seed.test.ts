import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { mergeSeed, seedClaude } from '../../../../runner/core/runtimes/claude/claudeSeed.ts';
import { systemClock } from '../../../../runner/core/systemClock.ts';
import { UserError } from '../../../../runner/protocol/errors.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';

const root = '/home/dev/app';
const seed = { projectRoot: root, apiKey: null };
const key = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz';

describe("seeding Claude Code's own file", () => {
  const folder = useTempFolder();
  const file = () => path.join(folder(), '.claude.json');
  const run = (given = seed) => seedClaude(file(), given, lock);

  it('makes one where there is none, for its owner only', async () => {
    await run();
    assert.deepEqual(JSON.parse(readFileSync(file(), 'utf8')), {
      hasCompletedOnboarding: true,
      projects: { [root]: { hasTrustDialogAccepted: true } },
    });
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.equal(existsSync(`${file()}.lock`), false);
  });

  it('adds to what is there, and changes nothing of it', async () => {
    const before = {
      numStartups: 12,
      projects: { '/other': { allowedTools: ['x'] }, [root]: { history: [1], hasTrustDialogAccepted: false } },
      theme: 'light',
    };
    writeFileSync(file(), JSON.stringify(before, null, 2));
    chmodSync(file(), 0o644);
    await run();
    assert.deepEqual(JSON.parse(readFileSync(file(), 'utf8')), {
      numStartups: 12,
      projects: { '/other': { allowedTools: ['x'] }, [root]: { history: [1], hasTrustDialogAccepted: true } },
      theme: 'light',
      hasCompletedOnboarding: true,
    });
    assert.equal(statSync(file()).mode & 0o777, 0o644);
  });

  it('does not write a file that says everything already', async () => {
    const text = `{"hasCompletedOnboarding":true,   "projects":{"${root}":{"hasTrustDialogAccepted":true}}}`;
    writeFileSync(file(), text);
    await run();
    assert.equal(readFileSync(file(), 'utf8'), text);
  });

  it('keeps a link to a file elsewhere', async () => {
    const real = path.join(folder(), 'dotfiles', 'claude.json');
    mkdirSync(path.dirname(real));
    writeFileSync(real, '{"theme":"dark"}');
    symlinkSync(real, file());
    await run();
    assert.equal(lstatSync(file()).isSymbolicLink(), true);
    assert.equal((JSON.parse(readFileSync(real, 'utf8')) as { theme: string }).theme, 'dark');
  });

  it('leaves a file that cannot be read as it is, and names it', async () => {
    for (const broken of ['{"projects": ', '[]']) {
      writeFileSync(file(), broken);
      await assert.rejects(run, (error) => error instanceof UserError && error.message.includes(file()));
      assert.equal(readFileSync(file(), 'utf8'), broken);
    }
  });

  it('loses nothing when several start at once', async () => {
    const roots = ['/a', '/b', '/c', '/d', '/e'];
    await Promise.all(roots.map((projectRoot) => run({ projectRoot, apiKey: null })));
    const { projects } = JSON.parse(readFileSync(file(), 'utf8')) as { projects: Record<string, unknown> };
    assert.deepEqual(Object.keys(projects).sort(), roots);
  });

  it('approves the key that was configured for agents, unless a person refused it', () => {
    const fresh = JSON.parse(mergeSeed(undefined, { ...seed, apiKey: key }) ?? '{}') as Record<string, unknown>;
    assert.deepEqual(fresh['customApiKeyResponses'], { approved: ['ghijklmnopqrstuvwxyz'] });
    const refused = { customApiKeyResponses: { approved: [], rejected: ['ghijklmnopqrstuvwxyz'] } };
    const after = JSON.parse(mergeSeed(JSON.stringify(refused), { ...seed, apiKey: key }) ?? '{}') as typeof refused;
    assert.deepEqual(after.customApiKeyResponses, refused.customApiKeyResponses);
  });
});

const lock = {
  clock: systemClock,
  self: { pid: process.pid, startTime: 'now' },
  startTimeOf: (pid: number) => Promise.resolve(pid === process.pid ? 'now' : undefined),
};
