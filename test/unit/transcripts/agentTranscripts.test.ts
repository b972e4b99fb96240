import assert from 'node:assert/strict';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import { Changes } from '../../../runner/core/changes.ts';
import { AgentTranscripts } from '../../../runner/core/transcripts/agentTranscripts.ts';
import { waitFor } from '../../support/waitFor.ts';
import { madeUpFormat } from './madeUpFormat.ts';

const format = madeUpFormat('/root');

function aState(id: string, changes: Partial<AgentState> = {}): AgentState {
  return {
    schema: 1,
    id,
    issueId: 'MIN-1',
    title: '',
    project: 'p',
    node: 'local',
    runtime: 'made-up',
    model: null,
    mode: 'auto',
    intent: 'running',
    intentAt: '2026-11-22T12:00:00.000Z',
    outcome: null,
    workspace: '/w',
    branch: 'b',
    sessionId: 's',
    transcript: `/root/${id}.jsonl`,
    fence: 1,
    launchId: 'l',
    startedAt: '2026-11-22T12:00:00.000Z',
    leader: null,
    resumed: false,
    capabilities: { reportsEvents: true, confirmsMessages: true, resumes: true },
    ...changes,
  } as AgentState;
}

describe('whose transcripts are followed', () => {
  let done: string[];
  let alive: Set<string>;
  let changes: Changes;
  let stored: AgentState[];
  let transcripts: AgentTranscripts;

  beforeEach(() => {
    done = [];
    alive = new Set();
    stored = [];
    changes = new Changes();
    const note = (what: string) => async (id: string) => void done.push(`${what} ${id}`);
    transcripts = new AgentTranscripts({
      follower: {
        recall: note('recall'),
        follow: note('follow'),
        unfollow: note('unfollow'),
        catchUp: note('catchUp'),
        stop: async () => void done.push('stop'),
      },
      formatOf: (runtime) => (runtime === 'made-up' ? format : undefined),
      store: {
        list: async () => stored.map((state) => ({ kind: 'ok', id: state.id, issueId: state.issueId, state })),
      },
      mayLive: (id) => alive.has(id),
      changes,
      log: { info: () => undefined, warn: () => undefined, error: (text) => assert.fail(text) },
    });
  });

  it('follows who lives, and leaves who has ended', async () => {
    alive.add('agent-min-1');
    await transcripts.onAgent(aState('agent-min-1'));
    transcripts.start();
    changes.fire({ scope: 'agents', ids: ['agent-min-1', 'agent-min-2'] });
    alive.clear();
    changes.fire({ scope: 'agents', ids: ['agent-min-1'] });
    changes.fire({ scope: 'agents', ids: ['agent-min-1'] });
    assert.deepEqual(done, ['recall agent-min-1', 'follow agent-min-1', 'unfollow agent-min-1']);
    await transcripts.stop();
    assert.equal(done.at(-1), 'stop');
  });

  it('looks at every event, and only once more when the last one comes after the end', () => {
    alive.add('agent-min-1');
    transcripts.onEvent(aState('agent-min-1'));
    alive.clear();
    transcripts.onEvent(aState('agent-min-1'));
    assert.deepEqual(done, ['follow agent-min-1', 'catchUp agent-min-1']);
  });

  it('takes what ended agents wrote while no daemon ran', async () => {
    stored = ['agent-min-1', 'agent-min-2'].map((id) => aState(id));
    alive.add('agent-min-1');
    await transcripts.onAgent(aState('agent-min-1'));
    transcripts.start();
    await waitFor(() => (done.length === 3 ? true : undefined), { timeoutMs: 10_000, what: 'the ended agent' });
    assert.deepEqual(done, ['recall agent-min-1', 'follow agent-min-1', 'catchUp agent-min-2']);
  });

  it('has nothing to do for tools without transcripts, and before a path is known', async () => {
    await transcripts.onAgent(aState('agent-min-1', { runtime: 'command' }));
    transcripts.onEvent(aState('agent-min-1', { transcript: null }));
    assert.deepEqual(done, []);
  });
});
