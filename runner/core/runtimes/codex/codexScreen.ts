import type { DialogReader, ScreenDialog, TypingStep } from '../runtimeBehaviour.ts';

/** The keys that dialogs and lists of Codex name at their foot, and the composer does not (0.169.0). */
const dialogFoot =
  /\b(?:enter (?:to )?(?:confirm|continue|select|submit)|esc (?:to )?(?:cancel|interrupt|skip|back|close|clear)|tab to add notes|to scroll|q to quit)\b/i;
/** The highlighted entry of a list. */
const chosenEntry = /^\s*› \d+\. /;

/**
 * Whether the composer takes the keys: its `›` is the last one at the left edge, it is no list's, and nothing under it
 * is a dialog's. Text that we type begins with a blank, so that `1. do this` does not look like a list.
 */
export function isCodexReady(screen: string): boolean {
  const lines = screen.trimEnd().split('\n');
  const composer = lines.findLastIndex((line) => /^›(?: |$)/.test(line));
  if (composer < 0) return false;
  const below = lines.slice(composer);
  if (below.some((line) => chosenEntry.test(line))) return false;
  const foot = below.slice(-3);
  return below.length > 1 && !foot.some((line) => dialogFoot.test(line));
}

/** The dialogs that ask for leave: a command after `$`, or the file of an edit. */
export const codexDialogs: DialogReader = {
  read: readDialog,
  sessionAllows: (event) => (event['tool_name'] === 'apply_patch' ? 'every edit of these files' : undefined),
};

const commandQuestion = 'Would you like to run the following command?';
const editQuestion = 'Would you like to make the following edits?';

function readDialog(screen: string): ScreenDialog | undefined {
  const lines = screen
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());
  const [question, another] = lines.filter((line) => line === commandQuestion || line === editQuestion);
  // A command may have such a line in it.
  if (question === undefined || another !== undefined) return undefined;
  const below = lines.slice(lines.indexOf(question) + 1);
  // A command may have lines like its options in it, too; the last block are the options.
  const end = below.findLastIndex((line) => /^(?:› )?1\. /.test(line));
  const options = below.slice(end);
  if (end < 0 || !options.some((line) => /^› \d+\. /.test(line))) return undefined;
  const subject = subjectOf(below.slice(0, end), question === commandQuestion ? /^\$ / : /^Destination: /);
  if (subject === undefined) return undefined;
  const allow = keyOf(options, /^(?:› )?\d+\. Yes, proceed \((.)\)$/);
  // Of a command the same answer would be kept for all sessions, in the user's own rules.
  const session = keyOf(options, /^(?:› )?\d+\. Yes, and don't ask again for these files \((.)\)$/);
  const deny = options.some((line) => /^(?:› )?\d+\. No, and tell Codex what to do differently \(esc\)$/.test(line));
  return {
    subject,
    ...(allow === undefined ? {} : { allow }),
    ...(session === undefined ? {} : { session }),
    ...(deny ? { deny: [{ kind: 'key', key: 'Escape' }] } : {}),
  };
}

/** What stands behind its introduction; a text may go on over several lines. */
function subjectOf(lines: readonly string[], introduction: RegExp): string | undefined {
  const first = lines.findIndex((line) => introduction.test(line));
  return first < 0 ? undefined : lines.slice(first).join(' ').replace(introduction, '').trim();
}

function keyOf(lines: readonly string[], entry: RegExp): TypingStep[] | undefined {
  for (const line of lines) {
    const text = entry.exec(line)?.[1];
    if (text !== undefined) return [{ kind: 'type', text }];
  }
  return undefined;
}
