import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DesktopNotifier } from '../../runner/core/attention/desktopNotifier.ts';
import { createExec } from '../../runner/core/exec.ts';
import type { Notice } from '../../runner/protocol/attention.ts';
import { patienceMs, RunnerHome } from '../support/runnerHome.ts';
import { tempFolder, useTempFolder } from '../support/tempFolder.ts';
import { waitFor } from '../support/waitFor.ts';
import { aPolicy, aWindow } from '../unit/attention/models.ts';

/** What a desktop got. */
interface Shown {
  args: string[];
  summary: string;
  markup: string;
}

/** A folder whose notify-send writes down what it is asked for, and refuses what the real one would. */
class Desktop {
  readonly folder: string;
  private readonly file: string;

  constructor(folder: string) {
    this.folder = path.join(folder, 'bin');
    this.file = path.join(folder, 'shown.jsonl');
    mkdirSync(this.folder);
    const program = path.resolve('test/support/notifySend.cjs');
    this.become(`exec '${process.execPath}' '${program}' '${this.file}' "$@"`);
  }

  /** Its notify-send runs these shell commands. */
  become(script: string): void {
    writeFileSync(path.join(this.folder, 'notify-send'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  shown(): Shown[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').trimEnd().split('\n');
    return lines.map((line): Shown => JSON.parse(line));
  }
}

describe('what a desktop is asked to show', () => {
  const folder = useTempFolder();

  for (const [text, markup] of [
    ['MIN-1 (claude) wants to run: npm test', 'MIN-1 (claude) wants to run: npm test'],
    ['--urgency=critical', '--urgency=critical'],
    ['-?', '-?'],
    ['--', '--'],
    ['<b>bold</b> <img src="file:///x"/> &amp;', '&lt;b&gt;bold&lt;/b&gt; &lt;img src="file:///x"/&gt; &amp;amp;'],
    ['\\074b\\076 \\n C:\\', '\\074b\\076 \\n C:\\'],
    ['$(touch x) `touch x`; touch x', '$(touch x) `touch x`; touch x'],
    ['one\ntwo', 'one\ntwo'],
  ] as const) {
    it(`is text, whatever it says: ${JSON.stringify(text)}`, async () => {
      const desktop = new Desktop(folder());
      const warnings: string[] = [];
      const exec = createExec({ PATH: `${desktop.folder}:${process.env['PATH']}` });
      const log = { warn: (warning: string) => void warnings.push(warning) };
      await new DesktopNotifier({ exec, platform: 'linux', log }).show(text);
      const [shown, another] = desktop.shown();
      assert.deepEqual([shown?.summary, shown?.markup, another, warnings], ['Panopticon', markup, undefined, []]);
      assert.deepEqual(shown?.args.slice(0, 2), ['--', 'Panopticon']);
      assert.deepEqual(readdirSync(folder()).toSorted(), ['bin', 'shown.jsonl']);
    });
  }
});

describe('while no window has the focus', () => {
  const policy = { ...aPolicy(), delaySeconds: 0.2, everySeconds: 0, osNotifications: 'whenUnfocused' } as const;
  let folder: string;
  let desktop: Desktop;
  let home: RunnerHome;

  beforeEach(() => {
    folder = tempFolder('pan-');
    desktop = new Desktop(folder);
    home = new RunnerHome({ folder, env: { PATH: `${desktop.folder}:${process.env['PATH']}` } });
  });

  afterEach(() => home.stop());

  async function startAsking(command: string): Promise<void> {
    home.script([[{ permission: { tool: 'Bash', command }, always: true }]]);
    const id = await home.issue('Ask');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'waiting');
  }

  const until = <T>(what: string, find: () => T | undefined): Promise<T> =>
    waitFor(find, { timeoutMs: patienceMs, what });

  it('the desktop shows what is asked, as text, and the window sums it up when it is back', async () => {
    await home.addProject();
    const window = await home.runner();
    const notices: Notice[] = [];
    window.onPresent((notice) => void notices.push(notice));
    await window.attention.window(aWindow({ policy, focused: false }));
    await startAsking('echo --urgency=critical "<b>" $(touch x) \\074 \u202Eevil');
    const [shown] = await until('the desktop', () => (desktop.shown().length > 0 ? desktop.shown() : undefined));
    const command = 'echo --urgency=critical "&lt;b&gt;" $(touch x) \\\\074 evil';
    const args = ['--', 'Panopticon', `MIN-1 (rehearsal) wants to run: ${command}`];
    assert.deepEqual(shown?.args, args);
    assert.deepEqual(notices, []);
    await window.attention.window(aWindow({ policy }));
    const texts = await until('a summary', () => (notices.length > 0 ? notices.map(({ text }) => text) : undefined));
    assert.deepEqual([texts, desktop.shown().length], [['While you were away: 1 needs you'], 1]);
  });

  it('nothing fails where the desktop cannot be asked, and the log says so once', async () => {
    const asked = path.join(folder, 'asked');
    desktop.become(`echo asked >> '${asked}'; echo 'no D-Bus' >&2; exit 1`);
    await home.addProject();
    const window = await home.runner();
    await window.attention.window(aWindow({ policy, focused: false }));
    for (const [index, command] of ['npm test', 'npm run lint'].entries()) {
      await startAsking(command);
      const times = () => (existsSync(asked) ? readFileSync(asked, 'utf8').split('\n').length - 1 : 0);
      await until('the desktop to be asked', () => (times() === index + 1 ? true : undefined));
    }
    const notices: Notice[] = [];
    window.onPresent((notice) => void notices.push(notice));
    await window.attention.window(aWindow({ policy }));
    await until('a summary', () => (notices.length > 0 ? true : undefined));
    const warnings = readFileSync(home.paths.logFile, 'utf8').match(/desktop notifications are not shown: .*/g);
    assert.deepEqual(
      [notices.map(({ text }) => text), warnings],
      [['While you were away: 2 need you'], ['desktop notifications are not shown: notify-send: exit 1: no D-Bus']],
    );
  });
});
