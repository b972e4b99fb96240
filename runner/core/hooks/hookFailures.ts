import type { HookItemState } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import type { AgentId } from '../../protocol/issueId.ts';
import { oneLine } from '../text/sanitize.ts';

export function badHookItem(message: string, hint: string): UserError {
  return new UserError({ code: 'badHookItem', message, hint, kind: 'usage' });
}

export function hookConflict(itemId: string, agentId: AgentId): UserError {
  return new UserError({
    code: 'conflict',
    message: `The hook of ${agentId} already has an item ${itemId} with another text.`,
    hint: 'Push the new text as an item of its own, with a new id.',
  });
}

export function noHookItem(itemId: string, agentId: AgentId): UserError {
  return new UserError({
    code: 'noHookItem',
    message: `The hook of ${agentId} has no item ${JSON.stringify(oneLine(itemId, 40))}.`,
    hint: `See what is on it: pan work hook check ${agentId}`,
  });
}

export function hookItemGone(itemId: string, state: Exclude<HookItemState, 'queued'>): UserError {
  const reasons = {
    handed: 'an agent got it with its first prompt',
    taken: 'an agent works on it',
    done: 'it is done',
    expired: 'it was taken back before',
  };
  return new UserError({
    code: 'hookItemGone',
    message: `The item ${itemId} cannot be taken back: ${reasons[state]}.`,
    hint: 'Tell the agent instead: pan work tell',
  });
}

export function hookFull(agentId: AgentId): UserError {
  return new UserError({
    code: 'hookFull',
    message: `The hook of ${agentId} is full; nothing was added.`,
    hint: `Look at what waits there: pan work hook check ${agentId}`,
  });
}

export function hookUnreadable(file: string, reason: string): UserError {
  return new UserError({
    code: 'hookUnreadable',
    message: `${file} cannot be read (${reason}). It was left as it is.`,
    hint: `Correct it, or move it away to begin an empty hook: mv '${file}' '${file}.broken'`,
  });
}

/** The system did not let us read it; nothing says that the file itself is broken. */
export function hookRefused(file: string, reason: string): UserError {
  return new UserError({
    code: 'hookUnreadable',
    message: `${file} cannot be read now (${reason}). It was left as it is.`,
    hint: `Look at its owner and mode, then try again: ls -ld '${file}'`,
  });
}

export function hookNewer(file: string): UserError {
  return new UserError({
    code: 'hookNewer',
    message: `${file} was written by a newer version of Panopticon.`,
    hint: 'Update Panopticon.',
  });
}
