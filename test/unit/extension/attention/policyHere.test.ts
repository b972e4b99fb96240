import assert from 'node:assert/strict';
import { policyHere } from '../../../../extension/src/attention/policyHere.ts';
import type { NoticePolicy } from '../../../../runner/protocol/attention.ts';
import { aPolicy } from '../../attention/models.ts';

describe('how the person wants to be told', () => {
  const policy: NoticePolicy = { ...aPolicy(), osNotifications: 'whenUnfocused' };

  it('counts as it is set on the machine before which they sit', () => {
    assert.deepEqual(policyHere(policy, undefined), policy);
  });

  for (const remote of ['ssh-remote', 'wsl', 'dev-container', 'tunnel']) {
    it(`asks for nothing on the desktop of another one (${remote})`, () => {
      assert.deepEqual(policyHere(policy, remote), { ...policy, osNotifications: 'off' });
    });
  }
});
