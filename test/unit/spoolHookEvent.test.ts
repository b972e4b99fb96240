import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { spoolHookEvent } from '../../runner/client/spoolHookEvent.ts';
import { useTempFolder } from '../support/tempFolder.ts';

describe('leaving a hook event', () => {
  const folder = useTempFolder();
  const spool = () => path.join(folder(), 'spool');
  beforeEach(() => mkdirSync(spool()));

  function leave(event: unknown, agentId = 'agent-min-1'): boolean {
    return spoolHookEvent(
      { PAN_AGENT_ID: agentId, PAN_LAUNCH_ID: 'l', PAN_HOOK_TOKEN: 't', PAN_SPOOL: spool() },
      JSON.stringify(event),
    );
  }

  function left(): {
    agentId: string;
    launchId: string;
    token: string;
    source: string;
    event: Record<string, unknown>;
  } {
    const [name, another] = readdirSync(spool());
    assert.ok(name !== undefined && another === undefined && !name.startsWith('.'));
    return JSON.parse(readFileSync(path.join(spool(), name), 'utf8'));
  }

  it('keeps an event as it is', () => {
    const event = {
      hook_event_name: 'PreToolUse',
      tool_input: { command: 'é "x" \u0000', nested: [1, null, { a: true }] },
    };
    assert.equal(leave(event), true);
    const { agentId, launchId, token, source, event: found } = left();
    assert.deepEqual([agentId, launchId, token, source, found], ['agent-min-1', 'l', 't', 'hook', event]);
  });

  for (const [what, huge] of [
    ['a text', { content: 'x'.repeat(9 * 1024 * 1024) }],
    ['a text that JSON writes at six times its length', '\u0001'.repeat(2 * 1024 * 1024)],
    ['many texts', Array.from({ length: 3_000 }, () => 'y'.repeat(5_000))],
    ['a deep list', JSON.parse(`${'['.repeat(2_000)}"${'z'.repeat(5 * 1024 * 1024)}"${']'.repeat(2_000)}`)],
  ] as const) {
    it(`cuts ${what} that is too long, says so, and keeps what says what happened`, () => {
      const what = { hook_event_name: 'PostToolUse', session_id: 's', tool_name: 'Write', tool_use_id: 'toolu_01' };
      assert.equal(leave({ tool_response: huge, ...what }), true);
      const { tool_response: _, ...kept } = left().event;
      assert.deepEqual(kept, { ...what, pan_cut: true });
      const [name = ''] = readdirSync(spool());
      assert.ok(statSync(path.join(spool(), name)).size < 5 * 1024 * 1024);
    });
  }

  it('does nothing outside of an agent, or for what is none', () => {
    for (const agentId of ['../../victim', 'min-1', ''])
      assert.equal(leave({ hook_event_name: 'Stop' }, agentId), false);
    assert.equal(spoolHookEvent({}, '{}'), false);
    assert.deepEqual(readdirSync(spool()), []);
  });
});
