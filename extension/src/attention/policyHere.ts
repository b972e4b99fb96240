import type { NoticePolicy } from '../../../runner/protocol/attention.ts';

/** What the person set, as far as it counts here: a remote machine has no desktop that they see. */
export function policyHere(policy: NoticePolicy, remoteName: string | undefined): NoticePolicy {
  return remoteName === undefined ? policy : { ...policy, osNotifications: 'off' };
}
