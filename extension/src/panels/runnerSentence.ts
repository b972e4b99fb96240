import type { RunnerState } from '../runner/runnerConnection.ts';

/** Why a view cannot ask the runner now, and what follows; empty while it can. */
export function runnerSentence(state: RunnerState): string {
  switch (state) {
    case 'ready':
      return '';
    case 'starting':
      return 'Connecting to the runner… Your drafts are kept.';
    case 'reconnecting':
      return 'Reconnecting to the runner… Your drafts are kept.';
    case 'down':
      return 'The runner was stopped. Your agents keep working.';
    case 'failed':
      return 'The runner does not start. Your agents keep working.';
    case 'outdated':
      return 'A newer runner is running. Update Panopticon.';
    case 'untrusted':
      return 'This folder is not trusted, so nothing is started.';
    case 'unsupported':
      return 'The runner does not run on Windows itself. Reopen the folder in WSL.';
  }
}
