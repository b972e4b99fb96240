import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { object, string } from 'valibot';
import { KeyedMutex } from '../../../runner/core/files/keyedMutex.ts';
import { readChecked } from '../../../runner/core/files/readChecked.ts';
import { removeTree } from '../../../runner/core/files/removeTree.ts';
import { writeAtomic } from '../../../runner/core/files/writeAtomic.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const schema = object({ name: string() });

describe('reading a state file', () => {
  const folder = useTempFolder();
  const file = () => path.join(folder(), 'state.json');

  it('answers for any content whatever, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), fc.json(), fc.string()), async (content) => {
        writeFileSync(file(), content);
        const found = await readChecked(file(), schema);
        if (found.kind === 'unreadable') assert.match(found.reason, /^[^\n]+$/);
        else assert.equal(found.kind, 'ok');
      }),
      { numRuns: 300 },
    );
  });

  it('takes nothing but the fields that it knows from hostile JSON', async () => {
    writeFileSync(file(), '{"name":"x","__proto__":{"evil":true},"constructor":{"prototype":{"evil":true}},"other":1}');
    const found = await readChecked(file(), schema);
    assert.deepEqual(found, { kind: 'ok', value: { name: 'x' } });
    assert.equal(({} as Record<string, unknown>)['evil'], undefined);
  });

  it('says of a missing file, a folder, a pipe, and a huge file what they are', async () => {
    assert.deepEqual(await readChecked(file(), schema), { kind: 'missing' });
    mkdirSync(file());
    assert.deepEqual(await readChecked(file(), schema), { kind: 'unreadable', reason: 'it is a folder' });
    const pipe = path.join(folder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    assert.deepEqual(await readChecked(pipe, schema), { kind: 'unreadable', reason: 'it is no file' });
    const huge = path.join(folder(), 'huge');
    writeFileSync(huge, '');
    truncateSync(huge, 2 ** 33);
    assert.deepEqual(await readChecked(huge, schema), { kind: 'unreadable', reason: 'it is larger than 16 MB' });
  });
});

describe('writing a state file', () => {
  const folder = useTempFolder();

  it('keeps every byte, is private, and leaves nothing else behind', async () => {
    const file = path.join(folder(), 'made on the way', 'state.json');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (content) => {
        await writeAtomic(file, content);
        assert.ok(readFileSync(file).equals(content));
      }),
      { numRuns: 30 },
    );
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(path.dirname(file)), ['state.json']);
  });

  it('shows a reader the old or the new content whole, whatever many writers do', async () => {
    const file = path.join(folder(), 'state.json');
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
    await writeAtomic(file, contents[0] ?? '');
    const reads: Promise<void>[] = [];
    const writes = contents.map(async (content) => {
      await writeAtomic(file, content);
      reads.push(Promise.resolve(assert.ok(contents.includes(readFileSync(file, 'utf8')))));
    });
    await Promise.all(writes);
    assert.equal(reads.length, contents.length);
    assert.deepEqual(readdirSync(folder()), ['state.json']);
  });
});

describe('removing a workspace folder', () => {
  const folder = useTempFolder();

  function makeTree(...names: string[]): string {
    const made = path.join(folder(), ...names);
    mkdirSync(made, { recursive: true });
    writeFileSync(path.join(made, 'file'), '');
    return made;
  }

  it('removes a folder directly inside of workspaces, and is content when it is gone', async () => {
    const inside = makeTree('workspaces', 'feature-min-1');
    await removeTree(inside, path.dirname(inside));
    assert.ok(!existsSync(inside));
    await removeTree(inside, path.dirname(inside));
  });

  it('does not follow links inside of what it removes', async () => {
    const precious = makeTree('precious');
    const inside = makeTree('workspaces', 'feature-min-1');
    symlinkSync(precious, path.join(inside, 'link'));
    await removeTree(inside, path.dirname(inside));
    assert.ok(existsSync(path.join(precious, 'file')));
  });

  it('refuses everything else before a single file is touched', async () => {
    const precious = makeTree('precious');
    const root = path.dirname(makeTree('workspaces', 'a'));
    const deep = makeTree('workspaces', 'a', 'deep');
    symlinkSync(precious, path.join(root, 'link'));
    for (const [target, below] of [
      [precious, root],
      [path.join(root, 'link'), root],
      [deep, root],
      [root, root],
      [path.join(root, '..', 'precious'), root],
      [path.join(root, 'a', '..', '..', 'precious'), root],
      [precious, folder()],
      ['/', '/'],
    ] as const) {
      await assert.rejects(removeTree(target, below), /refusing to delete/, target);
    }
    for (const kept of [precious, deep, path.join(root, 'a')]) assert.ok(existsSync(path.join(kept, 'file')), kept);
  });
});

describe('a keyed mutex', () => {
  it('runs tasks of one key in order and alone, and those of others side by side', async () => {
    const mutex = new KeyedMutex();
    const log: string[] = [];
    const task = (key: string, name: string, fails = false) =>
      mutex.run(key, async () => {
        log.push(`+${name}`);
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`-${name}`);
        if (fails) throw new Error(name);
        return name;
      });
    const answers = await Promise.allSettled([task('a', '1'), task('a', '2', true), task('b', '3'), task('a', '4')]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
    assert.deepEqual(
      log.filter((entry) => !entry.endsWith('3')),
      ['+1', '-1', '+2', '-2', '+4', '-4'],
    );
    assert.ok(log.indexOf('+3') < log.indexOf('-1'));
  });
});
