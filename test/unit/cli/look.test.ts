import assert from 'node:assert/strict';
import { type ColorChoice, lookOf } from '../../../runner/cli/render/look.ts';
import { now } from './runPan.ts';

const onTerminal = { isTTY: true, columns: 100 };
const intoPipe = { isTTY: false, columns: undefined };

const look = (stream: typeof onTerminal | typeof intoPipe, env: Record<string, string>, choice: ColorChoice = 'auto') =>
  lookOf(stream, env, choice, now, (text) => text.length);

describe('the look of the output', () => {
  it('decides colour by --color, then FORCE_COLOR, then NO_COLOR, then TERM, then the terminal', () => {
    const cases: [typeof onTerminal | typeof intoPipe, Record<string, string>, ColorChoice, boolean][] = [
      [intoPipe, { NO_COLOR: '1' }, 'always', true],
      [onTerminal, { FORCE_COLOR: '1' }, 'never', false],
      [intoPipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, 'auto', true],
      [onTerminal, { FORCE_COLOR: '0' }, 'auto', false],
      [onTerminal, { NO_COLOR: '1' }, 'auto', false],
      [onTerminal, { NO_COLOR: '' }, 'auto', true],
      [onTerminal, { TERM: 'dumb' }, 'auto', false],
      [onTerminal, {}, 'auto', true],
      [intoPipe, {}, 'auto', false],
    ];
    for (const [stream, env, choice, color] of cases) {
      assert.equal(look(stream, env, choice).color, color, JSON.stringify({ stream, env, choice }));
    }
  });

  it('uses symbols only where the locale and the terminal have them', () => {
    const cases: [Record<string, string>, boolean][] = [
      [{ LANG: 'C.UTF-8' }, true],
      [{ LANG: 'de_DE.utf8' }, true],
      [{ LANG: 'C.UTF-8', LC_ALL: 'C' }, false],
      [{ LC_ALL: '', LC_CTYPE: 'UTF-8' }, true],
      [{}, false],
      [{ LANG: 'C.UTF-8', TERM: 'linux' }, false],
      [{ LANG: 'C.UTF-8', PAN_ASCII: '1' }, false],
    ];
    for (const [env, unicode] of cases) assert.equal(look(onTerminal, env).unicode, unicode, JSON.stringify(env));
  });

  it('is as wide as COLUMNS says, else as the terminal, else 80; a pipe has no end', () => {
    assert.equal(look(onTerminal, { COLUMNS: '120' }).width, 120);
    assert.equal(look(onTerminal, {}).width, 100);
    assert.equal(look({ isTTY: true, columns: undefined }, { COLUMNS: 'wide' }).width, 80);
    assert.equal(look(intoPipe, { COLUMNS: '80' }).width, Number.POSITIVE_INFINITY);
  });
});
