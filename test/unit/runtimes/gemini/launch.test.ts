import assert from 'node:assert/strict';
import { launchArguments } from '../../../../runner/core/runtimes/gemini/launchArguments.ts';
import type { LaunchRequest } from '../../../../runner/core/runtimes/runtime.ts';

const request: LaunchRequest = {
  agentId: 'agent-min-1',
  issueId: 'MIN-1',
  workspace: '/home/dev/app/workspaces/feature-min-1',
  projectPath: '/home/dev/app',
  agentFolder: '/home/dev/.panopticon/agents/agent-min-1',
  prompt: 'Do it.\nAll of it.',
  promptFile: '/home/dev/.panopticon/agents/agent-min-1/prompt.md',
  sessionId: '11111111-1111-4111-8111-111111111111',
  resume: false,
  model: null,
  mode: 'auto',
  hooks: { panCommand: '/home/dev/.panopticon/bin/pan', url: null },
};

describe('the arguments of Gemini CLI', () => {
  it('start a conversation whose id is known', () => {
    assert.deepEqual(launchArguments(request), [
      '--skip-trust',
      '--approval-mode',
      'auto_edit',
      '--session-id',
      request.sessionId,
      '--prompt-interactive=Do it.\nAll of it.',
    ]);
  });

  it('say the mode in its own words', () => {
    const modes = (['plan', 'ask', 'auto', 'bypass'] as const).map((mode) => launchArguments({ ...request, mode })[2]);
    assert.deepEqual(modes, ['plan', 'default', 'auto_edit', 'yolo']);
  });

  it('continue a conversation, with its mode and model again, silently where nothing is to be said', () => {
    assert.deepEqual(launchArguments({ ...request, resume: true, mode: 'ask', model: 'pro', prompt: null }), [
      '--skip-trust',
      '--approval-mode',
      'default',
      '--resume',
      request.sessionId,
      '--model',
      'pro',
    ]);
  });

  it('name a file instead of a prompt that is too long or would be a command', () => {
    for (const prompt of ['x'.repeat(100_001), '/quit now']) {
      assert.equal(
        launchArguments({ ...request, prompt }).at(-1),
        `--prompt-interactive=Read your task in the file ${request.promptFile}`,
      );
    }
  });
});
