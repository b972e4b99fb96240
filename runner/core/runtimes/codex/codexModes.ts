import type { PermissionMode } from '../../../protocol/enumerations.ts';

/**
 * Codex's own words for the four modes (0.169.0). `on-request` lets the model ask to leave the sandbox; with `never` it
 * is refused instead. Its plan mode cannot be chosen by a flag, and asks in a dialog that no hook tells of.
 */
export const codexModes: Readonly<Record<PermissionMode, readonly string[]>> = {
  plan: ['--sandbox', 'read-only', '--ask-for-approval', 'never'],
  ask: ['--sandbox', 'read-only', '--ask-for-approval', 'on-request'],
  auto: ['--sandbox', 'workspace-write', '--ask-for-approval', 'on-request'],
  bypass: ['--dangerously-bypass-approvals-and-sandbox'],
};
