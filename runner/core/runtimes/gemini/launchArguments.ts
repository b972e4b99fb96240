import type { PermissionMode } from '../../../protocol/enumerations.ts';
import { type LaunchRequest, maxArgumentBytes } from '../runtime.ts';
import { isSlashCommand } from './typing.ts';

/**
 * What each mode is in the tool's words, and what was seen of it: `plan` has no shell and writes only its plan; `default`
 * asks for every change and for every command that does more than read; `auto_edit` changes files of the workspace and
 * asks for such commands; `yolo` asks nothing but questions. Being root changes nothing.
 */
export const modeFlags: Readonly<Record<PermissionMode, readonly string[]>> = {
  plan: ['--approval-mode', 'plan'],
  ask: ['--approval-mode', 'default'],
  auto: ['--approval-mode', 'auto_edit'],
  bypass: ['--approval-mode', 'yolo'],
};

/** The tool's own arguments. The folder is trusted for this process only; the user's list of them stays as it is. */
export function launchArguments(request: LaunchRequest): string[] {
  return [
    '--skip-trust',
    ...modeFlags[request.mode],
    request.resume ? '--resume' : '--session-id',
    request.sessionId,
    ...(request.model === null ? [] : ['--model', request.model]),
    // In one word, or a prompt that begins with a dash would be taken for an option.
    ...(request.prompt === null ? [] : [`--prompt-interactive=${promptArgument(request, request.prompt)}`]),
  ];
}

function promptArgument({ promptFile }: LaunchRequest, prompt: string): string {
  const isTooLong = Buffer.byteLength(prompt) > maxArgumentBytes;
  return isTooLong || isSlashCommand(prompt) ? `Read your task in the file ${promptFile}` : prompt;
}
