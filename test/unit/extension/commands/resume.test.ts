import assert from 'node:assert/strict';
import type * as resuming from '../../../../extension/src/commands/agent/resume.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import { anAgent } from '../../cli/models.ts';
import { loadParts, partsOf, runnerWith } from '../support/loadParts.ts';
import { Shown } from '../support/standIns.ts';

const stuck = anAgent({ id: 'agent-min-1', issueId: 'MIN-1', status: 'stuck', sessionId: 's' });

/** An agent that is listed in a picker, and is different when it was chosen. What was asked of the runner. */
async function resumed(listed: Agent, now: Agent): Promise<string[]> {
  const calls: string[] = [];
  let agent = listed;
  const ask = (name: string) => async () => {
    calls.push(name);
    return agent;
  };
  const app = partsOf({
    fleet: { all: () => [agent], get: () => agent, refresh: async () => {} },
    runner: runnerWith({ agents: { list: async () => [agent], kill: ask('kill'), resume: ask('resume') } }),
  });
  const shown = new Shown();
  const { agentResume } = loadParts<typeof resuming>(shown.vscode, 'commands/agent/resume.ts');
  const running = agentResume.run(app);
  const picker = await shown.input();
  agent = now;
  picker.choose('MIN-1');
  await running;
  return calls;
}

describe('resuming an agent', () => {
  it('ends one first that hangs, or waits for a model that is there again', async () => {
    const parked: Agent = { ...stuck, status: 'parked', parked: { cause: 'model', until: null } };
    assert.deepEqual(await resumed(stuck, stuck), ['kill', 'resume']);
    assert.deepEqual(await resumed(parked, parked), ['kill', 'resume']);
  });

  it('ends none that works again by the time that it was chosen', async () => {
    assert.deepEqual(await resumed(stuck, { ...stuck, status: 'working' }), ['resume']);
    assert.deepEqual(await resumed(stuck, { ...stuck, status: 'stopped', pid: null }), ['resume']);
  });
});
