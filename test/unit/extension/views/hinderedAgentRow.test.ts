import assert from 'node:assert/strict';
import { agentRow } from '../../../../extension/src/views/agentRow.ts';
import { anAgent, aTrouble } from '../../cli/models.ts';

describe('the row of an agent that something hinders', () => {
  const now = Date.parse('2026-11-22T15:00:00.000Z');
  const context = { now, isNeedy: false, waitForLogin: 0, isHere: true, isSeen: false };
  const since = new Date(now - 240_000).toISOString();

  it('says first that its workspace folder is missing, and has what makes that again', () => {
    const trouble = aTrouble({ kind: 'workspaceMissing' });
    const idle = anAgent({ status: 'idle', reason: 'turn ended', since, pid: null, trouble });
    const { description, contextValue, spoken } = agentRow(idle, context);
    assert.equal(description, 'workspace missing · 4m · hook empty');
    assert.equal(contextValue, 'agent.idle+workspace+missing');
    assert.equal(spoken, 'MIN-142, idle, hook empty, 4 minutes, Rate-limit login, claude, workspace missing');
  });

  it('says that git cannot read its workspace, which is not made again', () => {
    const trouble = aTrouble({ kind: 'workspaceCorrupted' });
    const working = anAgent({ reason: 'Bash npm test', since, pid: null, trouble });
    const { description, contextValue } = agentRow(working, context);
    assert.equal(description, 'workspace corrupted · npm test · 4m');
    assert.equal(contextValue, 'agent.working+workspace');
  });
});
