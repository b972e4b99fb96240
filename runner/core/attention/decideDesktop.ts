import { type Circumstances, type Decision, decideNotices } from './decideNotices.ts';

export interface DesktopCircumstances extends Circumstances {
  /** When the desktop showed something, oldest first, since a person last acted or came back. */
  shownAtMs: readonly number[];
}

export type DesktopDecision = Pick<Decision, 'present' | 'summary' | 'silent' | 'againAtMs'>;

const nothing: DesktopDecision = { present: [], summary: null, silent: [], againAtMs: null };

/**
 * Decides what the desktop shows while no window has the focus, where the person wants that: by the rules of
 * notifications, as if it were a window with the focus in which no agent is looked at. A window sums it up later all the
 * same, so that what is shown here stays untold.
 */
export function decideDesktop(given: DesktopCircumstances): DesktopDecision {
  const { policy, presentedAtMs, shownAtMs, untold, windows } = given;
  if (policy.osNotifications === 'off' || windows.length === 0 || windows.some(({ focused }) => focused))
    return nothing;
  const { present, summary, silent, againAtMs } = decideNotices({
    ...given,
    // That no window could tell it is no reason to sum it up here.
    untold: untold
      .filter(({ isForDesktop }) => isForDesktop)
      .map((each) => ({ ...each, missed: each.missed === 'paused' ? each.missed : null })),
    windows: [{ focused: true, lookingAt: [] }],
    presentedAtMs: [...presentedAtMs, ...shownAtMs].sort((a, b) => a - b),
  });
  return { present, summary, silent, againAtMs };
}
