import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AgentReader } from '../../../runner/core/agents/agentReader.ts';
import type { StoredAgent } from '../../../runner/core/agents/agentStore.ts';
import type { LiveSign } from '../../../runner/core/runtimes/runtimeBehaviour.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

type ReaderDeps = ConstructorParameters<typeof AgentReader>[0];

const at = '2026-11-22T14:00:00.000Z';
const state = {
  id: 'agent-sho-1',
  issueId: 'SHO-1',
  runtime: 'codex',
  launchId: 'launch',
  intent: 'running',
  intentAt: at,
  outcome: null,
  leader: null,
  capabilities: { reportsEvents: true, confirmsMessages: true, resumes: true },
};

/** Why an agent is as it is that idles by its own reports, where this can be seen, too. */
async function explained(workspace: string, sign: Partial<LiveSign>) {
  const seen = { source: 'screen', detail: '', since: at, until: null, ...sign };
  const history = { launchId: 'launch', activity: { kind: 'idle', since: at, detail: '' }, activityAt: at, recent: [] };
  const reader = new AgentReader({
    events: { history: async () => history },
    signs: { of: () => [seen], grewAt: () => null, mayHaveGrown: () => false },
    panes: {
      snapshot: () => ({ kind: 'ok', panes: new Map([['agent-sho-1', { dead: false }]]) }),
      isExpected: () => false,
    },
    hooks: { count: async () => 0 },
    asks: { ask: async () => null },
    behaviourOf: () => ({}),
    clock: new MovableClock('2026-11-22T14:31:00.000Z'),
  } as unknown as ReaderDeps);
  await mkdir(path.join(workspace, '.git'));
  return reader.explain({ ...state, kind: 'ok', state: { ...state, workspace } } as unknown as StoredAgent);
}

describe('why an agent is as it is', () => {
  const folder = useTempFolder();

  it('leads to its terminal where it waits there, and asks nothing that could be answered elsewhere', async () => {
    const { agent, next } = await explained(folder(), { state: 'waiting', detail: 'asks in its terminal' });
    assert.deepEqual([agent.status, next], ['waiting', 'pan work attach SHO-1']);
  });

  it('says in local time when a limit ends, with its day', async () => {
    const until = new Date(2026, 10, 27, 10).toISOString();
    const { evidence } = await explained(folder(), { state: 'parked', detail: 'usage limit', until });
    assert.ok(evidence.some(({ text }) => text === 'screen: parked (usage limit) until Fri 10:00'));
  });
});
