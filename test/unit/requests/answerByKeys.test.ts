import assert from 'node:assert/strict';
import { answerByKeys } from '../../../runner/core/requests/answerByKeys.ts';
import type { DialogReader, TypingStep } from '../../../runner/core/runtimes/runtimeBehaviour.ts';
import { MovableClock } from '../../support/movableClock.ts';

const enter = [{ kind: 'key', key: 'Enter' }] as const;
const dismiss = [{ kind: 'key', key: 'Escape' }] as const;

/** `? npm test` is a dialog about npm test. */
const dialogs: DialogReader = {
  read: (screen) => (screen.startsWith('? ') ? { subject: screen.slice(2), allow: enter, deny: dismiss } : undefined),
};

/** A terminal that shows one screen after the other; the last one stays. */
class Terminal {
  readonly pressed: (readonly TypingStep[])[] = [];
  readonly clock = new MovableClock();
  /** Whether the request is open, at each look; the last answer stays. */
  open = [true];
  private readonly screens: string[];

  constructor(...screens: string[]) {
    this.screens = screens;
  }

  answer(command: string, answer: 'allow' | 'session' | 'deny' = 'allow') {
    const input = { command };
    const event = {
      hook_event_name: 'PermissionRequest',
      tool_name: 'run_shell_command',
      tool_input: input,
      cwd: '/w',
    };
    const bound = { clock: this.clock, timeoutMs: 3_000 };
    return answerByKeys(dialogs, event, { kind: answer, texts: [] }, this, bound);
  }

  capture(): Promise<string> {
    // Time passes with every look.
    setImmediate(() => this.clock.move(500));
    return Promise.resolve((this.screens.length > 1 ? this.screens.shift() : this.screens[0]) ?? '');
  }

  isOpen(): Promise<boolean> {
    return Promise.resolve((this.open.length > 1 ? this.open.shift() : this.open[0]) ?? false);
  }

  press(steps: readonly TypingStep[]): Promise<void> {
    this.pressed.push(steps);
    return Promise.resolve();
  }
}

describe('keys that answer a dialog', () => {
  it('are pressed when the screen shows the very request, and have to close it', async () => {
    const terminal = new Terminal('? npm   test\n', '? npm test', '? npm test', 'working');
    assert.equal(await terminal.answer('npm test'), 'closed');
    assert.deepEqual(terminal.pressed, [enter]);
  });

  for (const [what, screen] of [
    ['another command', '? rm -rf build'],
    ['a command that is cut', '? npm te…'],
    ['the beginning of it', '? npm'],
    ['more than it', '? npm test && rm -rf ~'],
    ['a dialog about nothing', '? '],
    ['no dialog', 'npm test'],
  ] as const) {
    it(`are not pressed when the screen shows ${what}`, async () => {
      const terminal = new Terminal(screen);
      assert.equal(await terminal.answer('npm test'), 'unseen');
      assert.deepEqual(terminal.pressed, []);
    });
  }

  it('are not pressed for an answer that the dialog has not', async () => {
    const terminal = new Terminal('? npm test');
    assert.equal(await terminal.answer('npm test', 'session'), 'not offered');
    assert.deepEqual(terminal.pressed, []);
  });

  it('are said to be without effect when the dialog stays', async () => {
    const terminal = new Terminal('? npm test');
    assert.equal(await terminal.answer('npm test', 'deny'), 'still open');
    assert.deepEqual(terminal.pressed, [dismiss]);
  });

  it('are not pressed when the request was closed meanwhile and the next dialog asks about the same', async () => {
    const terminal = new Terminal('? npm test');
    terminal.open = [false];
    assert.equal(await terminal.answer('npm test'), 'gone');
    assert.deepEqual(terminal.pressed, []);
  });

  it('have closed it when it is not open any more although the next dialog asks about the same', async () => {
    const terminal = new Terminal('? npm test');
    terminal.open = [true, true, false];
    assert.equal(await terminal.answer('npm test'), 'closed');
    assert.deepEqual(terminal.pressed, [enter]);
  });

  it('have closed it when the next dialog stands there', async () => {
    assert.equal(await new Terminal('? npm test', '? npm run lint').answer('npm test'), 'closed');
  });
});
