import { ExecFailure } from '../exec.ts';

/**
 * Why a tmux command failed. `serverExited`: the server ended while the command ran; it may be sent once more.
 * `noSession`: the server has none at all, as after a start that went no further (`exit-empty` is off). `noPane`: the
 * session, window or pane is not there. `tooOld`: this tmux does not know an option that 3.2 brought. `silent`: it did not
 * answer in time.
 */
export type TmuxFailureReason =
  | 'missing'
  | 'tooOld'
  | 'noServer'
  | 'serverExited'
  | 'noSession'
  | 'noPane'
  | 'duplicate'
  | 'silent'
  | 'other';

/** The one place that looks at the words of tmux (3.2 to 3.5; it does not translate them). */
export function tmuxFailureReason(error: unknown): TmuxFailureReason {
  if (!(error instanceof ExecFailure)) return 'other';
  if (error.reason === 'missing') return 'missing';
  if (error.reason === 'timeout') return 'silent';
  if (error.reason !== 'exit') return 'other';
  const text = error.stderr.trim();
  if (/^no server running on /.test(text)) return 'noServer';
  if (/^error connecting to .* \((No such file or directory|Connection refused)\)$/s.test(text)) return 'noServer';
  if (/^(server exited|lost server)/.test(text)) return 'serverExited';
  if (/^no current target/.test(text)) return 'noSession';
  if (/^can't find (session|window|pane)/.test(text)) return 'noPane';
  if (/^duplicate session/.test(text)) return 'duplicate';
  return /(unknown|invalid|illegal) option/.test(text) ? 'tooOld' : 'other';
}
