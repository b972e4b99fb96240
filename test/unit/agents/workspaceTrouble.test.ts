import assert from 'node:assert/strict';
import type { Intent } from '../../../runner/core/agents/agentState.ts';
import { workspaceTrouble } from '../../../runner/core/agents/workspaceTrouble.ts';

const missing = {
  kind: 'workspaceMissing',
  message: 'The workspace folder of MIN-1 is missing.',
  next: 'pan workspace create MIN-1',
};
const corrupted = {
  kind: 'workspaceCorrupted',
  message: 'The workspace of MIN-1 is corrupted: its .git file is gone or wrong. The files are all there.',
  next: 'pan workspace destroy MIN-1 --force',
};

describe('what hinders an agent', () => {
  const cases: [string, Intent, string[], unknown][] = [
    ['is nothing where its workspace is there', 'running', ['/w', '/w/.git'], null],
    ['is that its workspace folder is missing', 'running', [], missing],
    ['is that its workspace has lost its .git file', 'running', ['/w'], corrupted],
    ['is nothing of one that is done, whose workspace may be removed', 'done', [], null],
    ['is nothing of one that was killed', 'killed', [], null],
  ];
  for (const [what, intent, there, expected] of cases) {
    it(what, () => {
      const agent = { intent, issueId: 'MIN-1', workspace: '/w' };
      assert.deepEqual(
        workspaceTrouble(agent, (file) => there.includes(file)),
        expected,
      );
    });
  }
});
