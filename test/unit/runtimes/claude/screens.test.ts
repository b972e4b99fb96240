import assert from 'node:assert/strict';
import { readComposer } from '../../../../runner/core/runtimes/claude/claudeScreen.ts';
import { screenSign } from '../../../../runner/core/runtimes/claude/claudeSigns.ts';
import { claudeTyping } from '../../../../runner/core/runtimes/claude/claudeTyping.ts';
import { recordedScreen, recordedScreens } from './fixture.ts';

/** The screens on which the message field takes what is typed. */
const withField = [
  'busy-with-queued',
  'composer-30-lines',
  'composer-with-text',
  'idle-manual',
  'prompt-put-back',
  'retrying-401',
  'retrying-429',
  'usage-limit',
];

describe('the screens of Claude Code', () => {
  it('are typed on only where the message field certainly takes the keys', () => {
    const ready = recordedScreens().filter((name) => claudeTyping.isReady?.(recordedScreen(name)) === true);
    assert.deepEqual(ready, withField);
  });

  it('are not typed on while nothing, or only half of the field, stands there', () => {
    const whole = recordedScreen('idle-manual').trimEnd().split('\n');
    for (const screen of ['', '\n\n', whole.slice(0, -1).join('\n'), whole.slice(-1).join('\n')]) {
      assert.equal(readComposer(screen), undefined);
    }
  });

  it('show what stands in the field, and how many lines of it', () => {
    assert.deepEqual(readComposer(recordedScreen('idle-manual')), { text: '', lines: 1, hidden: 0 });
    assert.deepEqual(readComposer(recordedScreen('prompt-put-back')), { text: 'HANG now', lines: 1, hidden: 0 });
    const { lines, hidden } = readComposer(recordedScreen('composer-30-lines')) ?? {};
    assert.deepEqual([lines, hidden], [17, 13]);
  });

  it('have the field cleared only where something stands in it', () => {
    assert.deepEqual(claudeTyping.clearFor?.(recordedScreen('idle-manual')), []);
    const keys = claudeTyping.clearFor?.(recordedScreen('composer-30-lines')) ?? [];
    assert.equal(keys.filter((step) => step.kind === 'key' && step.key === 'C-u').length, 60);
  });

  it('show whether what was typed has arrived there', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index} text`).join('\n');
    const shows = (screen: string, text: string) => claudeTyping.shows?.(recordedScreen(screen), text);
    assert.equal(shows('composer-30-lines', lines), true);
    assert.equal(shows('composer-30-lines', `${lines}\nand more`), false);
    assert.equal(shows('prompt-put-back', 'HANG now'), true);
    assert.equal(shows('prompt-put-back', 'HANG'), false);
    assert.equal(shows('permission-bash', 'HANG'), false);
  });

  it('show when it was taken for a paste, which must not be entered', () => {
    const pasted = recordedScreen('prompt-put-back').replace('HANG now', '[Pasted text #1 +59 lines]');
    assert.deepEqual([claudeTyping.shows?.(pasted, 'HANG now'), claudeTyping.spoils?.(pasted)], [true, true]);
    assert.equal(claudeTyping.spoils?.(recordedScreen('prompt-put-back')), false);
  });

  it('tell of dialogs before the first report, and of requests that are tried again', () => {
    const signs = recordedScreens().flatMap((name) => {
      const sign = screenSign(recordedScreen(name));
      return sign === undefined ? [] : [[name, sign.state, sign.detail]];
    });
    assert.deepEqual(signs, [
      ['retrying-401', 'parked', 'logged out, tries again (3/10)'],
      ['retrying-429', 'parked', 'usage limit, tries again (7/10)'],
      ['start-api-key', 'waiting', 'asks whether to use the API key'],
      ['start-bypass', 'waiting', 'asks whether to bypass permissions'],
      ['start-imports', 'waiting', 'asks whether CLAUDE.md may import files from elsewhere'],
      ['start-mcp-server', 'waiting', 'asks whether to use an MCP server of the project'],
      ['start-trust', 'waiting', 'asks whether the folder is trusted'],
    ]);
  });
});
