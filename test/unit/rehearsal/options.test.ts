import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOptions } from '../../../runner/core/runtimes/rehearsal/program/options.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('the arguments of the rehearsal', () => {
  const folder = useTempFolder();

  it('are all optional', () => {
    assert.deepEqual(parseOptions([]), {
      help: false,
      model: 'rehearsal',
      permissionMode: 'ask',
      prompt: null,
      resume: null,
      scriptFile: null,
      sessionId: null,
      stateDir: null,
    });
  });

  it('take a prompt that begins with dashes behind --, exact', () => {
    assert.equal(parseOptions(['--model', 'm', '--', '--help\n$(x)\t']).prompt, '--help\n$(x)\t');
  });

  it('take a prompt from a file, exact', () => {
    const path = join(folder(), 'prompt');
    writeFileSync(path, '\ufeff a\r\nb\n');
    assert.equal(parseOptions(['--prompt-file', path]).prompt, '\ufeff a\r\nb\n');
  });

  const refused: readonly (readonly [readonly string[], RegExp, number])[] = [
    [['a', 'b'], /^Give one prompt/, 2],
    [['--wrong'], /^Unknown option '--wrong'\. See rehearsal --help\.$/, 2],
    [['--permission-mode', 'yolo'], /^--permission-mode is one of plan, ask, auto, bypass\./, 2],
    [['--session-id', '../../x'], /^--session-id takes a UUID\./, 2],
    [['--resume', ID, '--session-id', ID], /^Give either --session-id or --resume\./, 2],
    [['--prompt-file', 'x', 'prompt'], /^Give either --prompt-file or a prompt\./, 2],
    [['--prompt-file', '/nowhere/prompt'], /^The prompt file \/nowhere\/prompt cannot be read\.$/, 1],
  ];
  for (const [argv, message, exitCode] of refused) {
    it(`are refused with one sentence: ${argv.join(' ')}`, () => {
      assert.throws(() => parseOptions(argv), { name: 'StartError', message, exitCode });
    });
  }
});
