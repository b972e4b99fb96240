import assert from 'node:assert/strict';
import { missingProgram } from '../../../extension/src/setup/doctor.ts';
import { type DoctorFacts, doctorPage } from '../../../extension/src/setup/doctorPage.ts';
import { installations, wordsFor } from '../../../extension/src/setup/installations.ts';
import { fenced, markdownText } from '../../../extension/src/setup/markdownText.ts';
import type { DoctorCheck, DoctorReport } from '../../../runner/protocol/models.ts';

const ok = (name: string): DoctorCheck => ({ name, status: 'ok', version: '1.0', why: 'works', fix: null });
const absent = (name: string, fix: string, status: DoctorCheck['status'] = 'missing'): DoctorCheck => ({
  name,
  status,
  version: null,
  why: 'is used',
  fix,
});

describe('doctorPage', () => {
  it('says first what is wrong, with the command to copy', () => {
    const codex: DoctorCheck = {
      name: 'codex',
      status: 'warning',
      version: '0.169',
      why: 'not logged in',
      fix: 'codex login',
    };
    const page = doctorPage(facts([ok('git'), absent('tmux', 'sudo apt install tmux'), codex]));
    assert.equal(
      page,
      `# Panopticon Doctor

1 problem, 1 warning.

**tmux** was not found · is used

\`\`\`
sudo apt install tmux
\`\`\`

**codex** 0.169 · not logged in

\`\`\`
codex login
\`\`\`

## Everything that was looked at

| | | Version | |
|---|---|---|---|
| ✓ | git | 1.0 | works |
| ✗ | tmux | not found | is used |
| &#33; | codex | 0.169 | not logged in |

## This window

- Extension 1.2.3, on linux
- Home of the runner: /home/ana/.panopticon
- Runner: ready`,
    );
  });

  it('says that all is well, and what could be added', () => {
    const page = doctorPage(facts([ok('git'), absent('gemini', 'npm install -g gemini', 'optional')]));
    assert.match(page, /^# Panopticon Doctor\n\nAll is well\.\n\n## Everything/);
    assert.match(
      page,
      /## What could be added\n\n\*\*gemini\*\* was not found · is used\n\n```\nnpm install -g gemini\n```/,
    );
  });

  const states: [DoctorFacts['state'], RegExp][] = [
    ['untrusted', /not trusted, so nothing was started/],
    ['unsupported', /WSL 2/],
    ['down', /stopped by a person\. Your agents keep working/],
    ['failed', /cannot be asked\. Agents that are running are not affected/],
    ['reconnecting', /cannot be asked/],
    ['outdated', /cannot be asked/],
  ];
  for (const [state, words] of states) {
    it(`says what is known without a runner: ${state}`, () => {
      const page = doctorPage({ ...facts([]), report: undefined, state });
      assert.match(page, words);
      assert.match(page, /```\npan doctor\n```/);
    });
  }

  it('says why the runner cannot be asked', () => {
    const failure = { message: 'The runner did not start.', hint: 'Look at its log: pan daemon log' };
    const page = doctorPage({ ...facts([]), report: undefined, state: 'failed', failure });
    assert.match(page, /\n\nThe runner did not start\.\n\nLook at its log&#58; pan daemon log\n\n/);
  });

  it('shows what programs answered as text, whatever they answered', () => {
    const hostile: DoctorCheck = {
      name: '[x](command:y)',
      status: 'warning',
      version: '1\n\n# big | <img src=x>',
      why: '**bold** `code`',
      fix: '```\n[x](command:y)',
    };
    const page = doctorPage(facts([hostile]));
    const withoutBlocks = page.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '');
    assert.doesNotMatch(withoutBlocks, /\[x\]|\]\(|<img|\n# big|\*\*bold|`code/);
    assert.match(page, /````\n```\n\[x\]\(command:y\)\n````/);
  });
});

describe('markdownText', () => {
  it('writes every sign of Markdown as a number, and one line', () => {
    assert.equal(markdownText('a_b*c\r\nd'), 'a&#95;b&#42;c d');
    assert.equal(markdownText('plain words, 1.0'), 'plain words, 1.0');
  });
});

describe('fenced', () => {
  it('uses a fence that the text cannot close', () => {
    assert.equal(fenced('a'), '```\na\n```');
    assert.equal(fenced('````'), '`````\n````\n`````');
  });
});

describe('missingProgram', () => {
  const cases: [checks: DoctorCheck[], missing: string][] = [
    [[ok('git'), ok('tmux')], ''],
    [[ok('git'), absent('tmux', 'brew install tmux')], 'tmux'],
    [[absent('git', 'brew install git'), absent('tmux', 'brew install tmux')], 'git'],
    [[absent('claude', 'npm install -g claude', 'optional')], ''],
    [[], ''],
  ];
  for (const [checks, missing] of cases) {
    it(`is '${missing}' for ${checks.map(({ name, status }) => `${name} ${status}`).join(', ') || 'nothing'}`, () => {
      assert.equal(missingProgram(report(checks)), missing);
    });
  }
});

describe('installations', () => {
  it('are the commands for what is not there, what is needed first', () => {
    const checks = [
      absent('claude', 'npm install -g @anthropic-ai/claude-code', 'optional'),
      absent('tmux', 'sudo apt install tmux'),
      ok('git'),
    ];
    assert.deepEqual(installations(report(checks)), [
      { name: 'tmux', why: 'is used', command: 'sudo apt install tmux', isNeeded: true },
      { name: 'claude', why: 'is used', command: 'npm install -g @anthropic-ai/claude-code', isNeeded: false },
    ]);
  });

  it('leave out what is only said in words, and what is more than one command', () => {
    const checks = [absent('tmux', 'Install tmux 3.2 or newer'), absent('git', 'sudo apt install git; reboot')];
    assert.deepEqual(installations(report(checks)), []);
    assert.equal(wordsFor(report(checks)), 'Install tmux 3.2 or newer');
    assert.equal(wordsFor(report([ok('git')])), undefined);
  });
});

function report(checks: DoctorCheck[]): DoctorReport {
  return { ok: true, checks };
}

function facts(checks: DoctorCheck[]): DoctorFacts {
  return {
    report: report(checks),
    state: 'ready',
    failure: undefined,
    home: '/home/ana/.panopticon',
    extensionVersion: '1.2.3',
    place: 'on linux',
  };
}
