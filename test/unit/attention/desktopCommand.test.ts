import assert from 'node:assert/strict';
import { desktopCommand } from '../../../runner/core/attention/desktopCommand.ts';

const script = `on run argv
  display notification (item 1 of argv) with title "Panopticon"
end run
`;

describe('a line on the desktop', () => {
  for (const [text, body] of [
    ['MIN-1 (claude) wants to run: npm test', 'MIN-1 (claude) wants to run: npm test'],
    ['--urgency=critical', '--urgency=critical'],
    ['<b>bold</b> & <a href="x">', '&lt;b&gt;bold&lt;/b&gt; &amp; &lt;a href="x"&gt;'],
    ['&lt;', '&amp;lt;'],
    // C escapes that notify-send would read: they must not become markup.
    ['\\074b\\076 \\x3c C:\\new\\', '\\\\074b\\\\076 \\\\x3c C:\\\\new\\\\'],
    ['$(touch x) `touch x` "\'', '$(touch x) `touch x` "\''],
    ['', ''],
  ] as const) {
    it(`is an argument of notify-send, as text: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(desktopCommand('linux', text), { command: 'notify-send', args: ['--', 'Panopticon', body] });
    });

    it(`is an argument of osascript's script, as it is: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(desktopCommand('darwin', text), { command: 'osascript', args: ['-', text], input: script });
    });
  }

  it('is none where no program is known', () => {
    assert.equal(desktopCommand('freebsd', 'text'), undefined);
  });
});
