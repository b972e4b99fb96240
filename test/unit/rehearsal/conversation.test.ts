import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Conversation } from '../../../runner/core/runtimes/rehearsal/program/conversation.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('the conversation of a rehearsal', () => {
  const folder = useTempFolder();

  it('is a private file with a line a message, and goes on counting when it is resumed', () => {
    const dir = join(folder(), 'state');
    const first = Conversation.create(dir, ID);
    first.add('user', 'a\nb');
    first.add('assistant', 'c');
    assert.equal(first.path, join(dir, `${ID}.jsonl`));
    assert.equal(statSync(first.path).mode & 0o777, 0o600);
    const again = Conversation.resume(dir, ID);
    assert.equal(again.promptCount, 1);
    assert.deepEqual(
      again.recent.map(({ role, text }) => [role, text]),
      [
        ['user', 'a\nb'],
        ['assistant', 'c'],
      ],
    );
    again.add('user', 'd');
    assert.equal(again.promptCount, 2);
    assert.equal(readFileSync(first.path, 'utf8').split('\n').length, 4);
  });

  it('skips lines that cannot be read and never glues a message to half a line', () => {
    const { path } = Conversation.create(folder(), ID);
    writeFileSync(path, '{"at":"x","role":"user","text":"a"}\n[]\n{"role":"us');
    Conversation.resume(folder(), ID).add('user', 'b');
    appendFileSync(path, '\n');
    assert.equal(Conversation.resume(folder(), ID).promptCount, 2);
  });

  it('refuses an id that is taken and one that is unknown', () => {
    Conversation.create(folder(), ID);
    assert.throws(() => Conversation.create(folder(), ID), { message: `session id ${ID} is already in use` });
    const other = ID.replace('0', '1');
    assert.throws(() => Conversation.resume(folder(), other), { message: `no conversation ${other}`, exitCode: 1 });
    assert.throws(() => Conversation.resume(null, other), { message: '--resume needs --state-dir', exitCode: 2 });
  });

  it('is not kept without a folder', () => {
    const conversation = Conversation.create(null, ID);
    conversation.add('user', 'a');
    assert.deepEqual([conversation.path, conversation.promptCount], ['', 1]);
  });
});
