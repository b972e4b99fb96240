import assert from 'node:assert/strict';
import type { AgentSituation } from '../../../runner/core/agents/agentReader.ts';
import { OpenRequests } from '../../../runner/core/requests/openRequests.ts';
import { behaviourOf } from '../../../runner/core/runtimes/runtimeDefinitions.ts';

/** They all wait. */
const hooks = { waits: async () => true, waitedLately: async () => true };

/** What an agent of that tool can be answered with, and how; its hook waits where it has one. */
async function offered(runtime: string, tool: string, input: object, fields: object = {}): Promise<[string, string[]]> {
  const event = { hook_event_name: 'PermissionRequest', tool_name: tool, tool_input: input, ...fields };
  const hookPid = runtime === 'claude' ? 42 : null;
  const open = [{ key: '', id: 'r1', detail: '', at: '2026-11-22T12:00:00.000Z', event, hookPid }];
  const activity = { kind: 'waiting', since: '', detail: '', open };
  const state = { runtime, launchId: 'launch' };
  const situation = { state, history: { activity }, pane: { kind: 'alive' }, verdict: { status: 'waiting' } };
  const requests = new OpenRequests({
    behaviourOf,
    hooks,
  });
  const [request] = await requests.of(situation as unknown as AgentSituation);
  assert.ok(request !== undefined);
  return [request.answeredBy, request.answers];
}

/** What a row shows of an agent that asks all of that. */
async function asked(...events: object[]) {
  const open = events.map((fields, index) => {
    const event = { hook_event_name: 'PermissionRequest', ...fields };
    return { key: '', id: `r${index}`, detail: '', at: `2026-11-22T12:00:0${index}.000Z`, event, hookPid: 42 };
  });
  const activity = { kind: 'waiting', since: '', detail: '', open };
  const state = { runtime: 'claude', launchId: 'launch' };
  const situation = { state, history: { activity }, pane: { kind: 'alive' }, verdict: { status: 'waiting' } };
  const requests = new OpenRequests({ behaviourOf, hooks });
  return requests.ask(situation as unknown as AgentSituation);
}

describe('what an agent asks first', () => {
  const command = { tool_name: 'Bash', tool_input: { command: 'npm test' } };
  const options = [{ label: 'Yes', description: 'keep it' }, { label: 'No' }];
  const question = { question: 'Keep the BOM?', options };

  it('is the oldest that is open', async () => {
    assert.deepEqual(await asked(command, { tool_name: 'ExitPlanMode', tool_input: { plan: '# Plan' } }), {
      requestId: 'r0',
      kind: 'permission',
      oneLine: 'npm test',
      brief: true,
      answers: all,
      options: [],
      since: '2026-11-22T12:00:00.000Z',
    });
  });

  it('has the options of the only question, and none of several', async () => {
    const ask = (...questions: object[]) => asked({ tool_name: 'AskUserQuestion', tool_input: { questions } });
    const one = await ask(question);
    assert.deepEqual([one?.kind, one?.oneLine, one?.options], ['question', 'Keep the BOM?', ['Yes', 'No']]);
    assert.deepEqual((await ask(question, question))?.options, []);
  });

  it('is nothing where nothing is open', async () => {
    assert.equal(await asked(), null);
  });
});

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
