import assert from 'node:assert/strict';
import { readDialog, sessionAllows } from '../../../../runner/core/runtimes/gemini/dialogs.ts';
import { screenSign } from '../../../../runner/core/runtimes/gemini/screens.ts';
import { titleSign } from '../../../../runner/core/runtimes/gemini/titles.ts';
import { geminiTyping } from '../../../../runner/core/runtimes/gemini/typing.ts';
import { recordedScreen } from './recordings.ts';

const dialogs = ['permission', 'edit', 'write', 'redirect', 'webFetch'];
const questions = ['question', 'questionInWords', 'questions', 'plan', 'limit', 'noModel', 'signIn'];
const composers = ['idle', 'busy', 'queued', 'afterEscape', 'wrongKey', 'withoutColour'];

describe('the screens of Gemini CLI', () => {
  for (const name of composers) {
    it(`show the composer: ${name}`, () => {
      assert.equal(geminiTyping.isReady?.(recordedScreen(name)), true);
      assert.equal(readDialog(recordedScreen(name)), undefined);
      assert.equal(screenSign(recordedScreen(name), new Date()), undefined);
    });
  }

  for (const name of [...dialogs, ...questions]) {
    it(`show no composer in a dialog: ${name}`, () => {
      assert.equal(geminiTyping.isReady?.(recordedScreen(name)), false);
    });
  }

  it('show no composer where there is nothing, or only text with a line in it', () => {
    for (const screen of ['', 'Pane is dead', `${'─'.repeat(80)}\ntext\n`, ' > quoted']) {
      assert.equal(geminiTyping.isReady?.(screen), false);
    }
  });
});

describe('the dialogs of Gemini CLI', () => {
  it('ask about a command, and are answered by a number', () => {
    assert.deepEqual(readDialog(recordedScreen('permission')), {
      subject: 'touch r',
      allow: [{ kind: 'type', text: '1' }],
      session: [{ kind: 'type', text: '2' }],
      deny: [{ kind: 'type', text: '3' }],
    });
    assert.equal(readDialog(recordedScreen('redirect'))?.subject, 'echo hi > b');
  });

  it('ask about a file, with other numbers', () => {
    assert.equal(readDialog(recordedScreen('edit'))?.subject, 'README.md');
    assert.deepEqual(readDialog(recordedScreen('write')), {
      subject: 'new.txt',
      allow: [{ kind: 'type', text: '1' }],
      session: [{ kind: 'type', text: '2' }],
      deny: [{ kind: 'type', text: '4' }],
    });
  });

  it('allow more for the session than they ask about', () => {
    const allows = (tool: string) => sessionAllows({ hook_event_name: 'PermissionRequest', tool_name: tool });
    assert.equal(allows('run_shell_command'), 'every command of these programs');
    assert.equal(allows('replace'), 'all edits');
    assert.equal(allows('web_fetch'), undefined);
  });

  it('ask a question, which is answered by an option or in words', () => {
    const dialog = readDialog(recordedScreen('question'));
    assert.equal(dialog?.subject, 'Which database should I use?');
    assert.equal(dialog?.allow, undefined);
    assert.deepEqual(dialog?.texts?.(['SQLite']), [{ kind: 'type', text: '2' }]);
    const words = dialog?.texts?.(['MariaDB it is']) ?? [];
    const pressed = words.flatMap((step) =>
      step.kind === 'type' ? [step.text] : step.kind === 'key' ? [step.key] : [],
    );
    assert.deepEqual(pressed, ['3', 'MariaDB it is', 'Enter']);
  });

  it('ask a question that has no options', () => {
    const dialog = readDialog(recordedScreen('questionInWords'));
    assert.equal(dialog?.subject, 'What name?');
    const pressed = dialog?.texts?.(['Bob'])?.flatMap((step) => (step.kind === 'type' ? [step.text] : []));
    assert.deepEqual(pressed, ['Bob']);
  });

  it('take no answer that keys cannot say', () => {
    const dialog = readDialog(recordedScreen('question'));
    for (const texts of [['one', 'two'], ['two\nlines'], []]) assert.equal(dialog?.texts?.(texts), undefined);
  });

  it('are not known where the screen does not say what would be done', () => {
    for (const name of ['webFetch', 'questions', 'plan', 'limit', 'noModel', 'signIn']) {
      assert.equal(readDialog(recordedScreen(name)), undefined, name);
    }
    const elsewhere = recordedScreen('permission').replace('? Shell  touch r', '? Shell  touch r [in sub]');
    assert.equal(readDialog(elsewhere), undefined);
  });

  it('are known although a warning stands below', () => {
    const warned = `${recordedScreen('permission')}\n⚠  Warning: True color (24-bit) support not detected.\n`;
    assert.equal(readDialog(warned)?.subject, 'touch r');
  });

  it('are not known when the composer stands below, or no option is focused', () => {
    assert.equal(readDialog(recordedScreen('permission') + recordedScreen('idle')), undefined);
    assert.equal(readDialog(recordedScreen('permission').replace('●', ' ')), undefined);
  });
});

describe('the limits of Gemini CLI', () => {
  const now = new Date('2026-11-22T17:27:40Z');

  it('show only on the screen, with the time of their end', () => {
    const zone = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })
      .formatToParts(now)
      .find(({ type }) => type === 'timeZoneName')?.value;
    const local = new Date(now);
    local.setHours(19, 27, 0, 0);
    if (local < now) local.setDate(local.getDate() + 1);
    const screen = recordedScreen('limit').replace('7:27 PM UTC', `7:27\u202fPM ${zone}`);
    assert.deepEqual(screenSign(screen, now), {
      state: 'parked',
      detail: 'usage limit',
      cause: 'limit',
      until: local.toISOString(),
    });
  });

  it('have an unknown end where the zone is another', () => {
    const screen = recordedScreen('limit').replace('7:27 PM UTC', '7:27 PM XYZ');
    assert.deepEqual(screenSign(screen, now), { state: 'parked', detail: 'usage limit', cause: 'limit', until: null });
  });

  it('are told from a model that is not there', () => {
    const sign = { state: 'parked', detail: 'its model is not available', cause: 'model', until: null };
    assert.deepEqual(screenSign(recordedScreen('noModel'), now), sign);
  });

  it('are not read into other dialogs', () => {
    for (const name of [...dialogs, 'question', 'plan', 'signIn']) {
      assert.equal(screenSign(recordedScreen(name), now), undefined, name);
    }
  });
});

describe('the title of Gemini CLI', () => {
  it('says whether it works or asks, and not more', () => {
    assert.equal(titleSign('✦  Working… (app)')?.state, 'busy');
    assert.equal(titleSign('✋  Action Required (app)')?.state, 'waiting');
    assert.equal(titleSign('◇  Ready (app)                ')?.state, 'quiet');
    assert.equal(titleSign('vm'), undefined);
  });
});
