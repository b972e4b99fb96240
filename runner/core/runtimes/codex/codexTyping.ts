import type { Typing, TypingStep } from '../runtimeBehaviour.ts';
import { isCodexReady } from './codexScreen.ts';

/** More lines than anybody leaves in a composer. */
const draftLines = 40;

/**
 * One bracketed paste, which Codex hands to its model exact to the byte and unwrapped, 100 kB in 0.1 s (0.169.0). The
 * blank before it keeps `!` and `/` from being a shell's or Codex's own command, the one behind it closes the list
 * that a last word in `@`, `$` or `/` opens; Codex takes both off.
 */
export const codexTyping: Typing = {
  steps: (text) => [{ kind: 'paste', text: ` ${text.trim()} ` }],
  enter: [{ kind: 'key', key: 'Enter' }],
  whileBusy: 'later',
  // Each C-u takes what stands before the cursor, then the line's beginning; C-k the same behind it. C-c would end Codex.
  clear: [...repeated('C-u'), ...repeated('C-k')],
  isReady: isCodexReady,
};

function repeated(key: 'C-u' | 'C-k'): TypingStep[] {
  return Array.from({ length: draftLines }, () => ({ kind: 'key', key }));
}
