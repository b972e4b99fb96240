import type { PermissionMode } from '../../../protocol/enumerations.ts';

/** What a permission mode is to Claude Code: its own mode, and settings that go with it. */
export interface ClaudeMode {
  flag: string;
  settings: Record<string, unknown>;
}

/** Each found by running it (2.1.330). */
export const claudeModes: Readonly<Record<PermissionMode, ClaudeMode>> = {
  // By default commands of the shell run in its plan mode as they do in its auto mode: `touch`, `rm -rf`, `curl`.
  plan: { flag: 'plan', settings: { useAutoModeDuringPlan: false } },
  // Its dialogs offer to switch to auto mode unless that is disabled.
  ask: { flag: 'manual', settings: { disableAutoMode: 'disable' } },
  auto: { flag: 'auto', settings: {} },
  // Without the setting a warning is shown whose default answer ends the program.
  bypass: { flag: 'bypassPermissions', settings: { skipDangerousModePermissionPrompt: true } },
};
