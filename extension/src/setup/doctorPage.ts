import type { UserError } from '../../../runner/protocol/errors.ts';
import type { DoctorCheck, DoctorReport } from '../../../runner/protocol/models.ts';
import type { RunnerState } from '../runner/runnerConnection.ts';
import { fenced, markdownText } from './markdownText.ts';

export interface DoctorFacts {
  /** Absent where the runner could not be asked. */
  report: DoctorReport | undefined;
  state: RunnerState;
  failure: Pick<UserError, 'message' | 'hint'> | undefined;
  home: string;
  extensionVersion: string;
  /** Of this computer, or of the one that is worked on from afar: `on ssh-remote`. */
  place: string;
}

const marks: Record<DoctorCheck['status'], string> = { ok: '✓', warning: '!', missing: '✗', optional: '-' };

/** The doctor's page in Markdown: what to do first, then everything that was looked at. */
export function doctorPage(facts: DoctorFacts): string {
  const { report } = facts;
  return [
    '# Panopticon Doctor',
    ...(report === undefined ? withoutRunner(facts) : withReport(report)),
    '## This window',
    [
      `- Extension ${markdownText(facts.extensionVersion)}, ${markdownText(facts.place)}`,
      `- Home of the runner: ${markdownText(facts.home)}`,
      `- Runner: ${facts.state}`,
    ].join('\n'),
  ].join('\n\n');
}

function withReport({ checks }: DoctorReport): string[] {
  const wrong = checks.filter(({ status }) => status === 'missing' || status === 'warning');
  const absent = checks.filter(({ status, fix }) => status === 'optional' && fix !== null);
  return [
    sum(checks),
    ...wrong.flatMap(advice),
    '## Everything that was looked at',
    ['| | | Version | |', '|---|---|---|---|', ...checks.map(row)].join('\n'),
    ...(absent.length === 0 ? [] : ['## What could be added', ...absent.flatMap(advice)]),
  ];
}

function withoutRunner({ state, failure }: DoctorFacts): string[] {
  const words: Partial<Record<RunnerState, string>> = {
    untrusted: 'This folder is not trusted, so nothing was started. Trust it: **Workspaces: Manage Workspace Trust**.',
    unsupported: 'Agents live in tmux, which does not run on Windows itself. Open the folder in WSL 2.',
    down: 'The runner was stopped by a person. Your agents keep working. Start it: **Panopticon: Restart Runner**.',
  };
  const told = failure && [markdownText(failure.message), failure.hint && markdownText(failure.hint)];
  return [
    words[state] ?? 'The runner cannot be asked. Agents that are running are not affected.',
    ...(told ?? []).filter((line) => line !== undefined),
    'In a terminal, this looks at the machine without a runner:',
    fenced('pan doctor'),
    'Its log: **Panopticon: Show Runner Log**.',
  ];
}

function advice(check: DoctorCheck): string[] {
  const head = `**${markdownText(check.name)}** ${markdownText(check.version ?? 'was not found')} · ${markdownText(check.why)}`;
  return check.fix === null ? [head] : [head, fenced(check.fix)];
}

function row(check: DoctorCheck): string {
  const cells = [marks[check.status], check.name, check.version ?? 'not found', check.why];
  return `| ${cells.map((cell) => markdownText(cell)).join(' | ')} |`;
}

function sum(checks: readonly DoctorCheck[]): string {
  const count = (status: DoctorCheck['status'], word: string): string[] => {
    const found = checks.filter((check) => check.status === status).length;
    return found === 0 ? [] : [`${found} ${word}${found === 1 ? '' : 's'}`];
  };
  const parts = [...count('missing', 'problem'), ...count('warning', 'warning')];
  return parts.length === 0 ? 'All is well.' : `${parts.join(', ')}.`;
}
