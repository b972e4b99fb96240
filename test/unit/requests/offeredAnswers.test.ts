import assert from 'node:assert/strict';
import type { AgentSituation } from '../../../runner/core/agents/agentReader.ts';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import { OpenRequests } from '../../../runner/core/requests/openRequests.ts';
import { behaviourOf } from '../../../runner/core/runtimes/runtimeDefinitions.ts';

/** What an agent of that tool can be answered with, and how; its hook waits where it has one. */
async function offered(runtime: string, tool: string, input: object, fields: object = {}): Promise<[string, string[]]> {
  const event = { hook_event_name: 'PermissionRequest', tool_name: tool, tool_input: input, ...fields };
  const hookPid = runtime === 'claude' ? 42 : null;
  const open = [{ key: '', id: 'r1', detail: '', at: '2026-11-22T12:00:00.000Z', event, hookPid }];
  const activity = { kind: 'waiting', since: '', detail: '', open };
  const situation = { history: { activity }, pane: { kind: 'alive' }, verdict: { status: 'waiting' } };
  const requests = new OpenRequests({
    reader: { situation: async () => situation as unknown as AgentSituation },
    behaviourOf,
    hookWaits: async () => true,
  });
  const [request] = await requests.of({ runtime, launchId: 'launch' } as AgentState);
  assert.ok(request !== undefined);
  return [request.answeredBy, request.answers];
}

const all = ['allow', 'session', 'deny', 'text'];
const once = ['allow', 'deny', 'text'];
const no = ['deny', 'text'];
const cut = { pan_cut: true };

describe('the answers that are offered', () => {
  for (const [what, runtime, tool, input, fields, expected] of [
    ['a command', 'claude', 'Bash', { command: 'npm test' }, {}, ['hook', all]],
    ['a command that no rule names', 'claude', 'Bash', { command: 'rm -rf ./tmp/*' }, {}, ['hook', once]],
    ['a file', 'claude', 'Write', { file_path: '/w/a.txt', content: '' }, {}, ['hook', once]],
    ['a plan', 'claude', 'ExitPlanMode', { plan: '# Plan' }, {}, ['hook', once]],
    ['a command', 'codex', 'Bash', { command: 'npm test' }, {}, ['keys', once]],
    ['an edit', 'codex', 'apply_patch', { file_path: '/w/a.txt', patch: '' }, {}, ['keys', all]],
    ['a command', 'gemini', 'run_shell_command', { command: 'npm test' }, {}, ['keys', all]],
    ['an edit', 'gemini', 'replace', { file_path: '/w/a.txt' }, {}, ['keys', all]],
    ['a command that is not whole', 'claude', 'Bash', { command: 'npm test' }, cut, ['hook', no]],
    ['a plan that is not whole', 'claude', 'ExitPlanMode', { plan: '# Plan' }, cut, ['hook', no]],
    ['a question that is not whole', 'claude', 'AskUserQuestion', { questions: [{}] }, cut, ['hook', ['deny']]],
    ['an edit that is not whole', 'gemini', 'replace', { file_path: '/w/a.txt' }, cut, ['keys', no]],
  ] as const) {
    it(`to ${what} of ${runtime} are ${expected[1].join(', ')}`, async () => {
      assert.deepEqual(await offered(runtime, tool, input, fields), expected);
    });
  }
});
