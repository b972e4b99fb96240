import { mkdirSync } from 'node:fs';
import { ulid } from 'ulid';
import { type AgentState, stateSchemaVersion } from '../../runner/core/agents/agentState.ts';
import { AgentStore } from '../../runner/core/agents/agentStore.ts';
import { EventLog } from '../../runner/core/agents/eventLog.ts';
import { launchedEvent, runnerEvent } from '../../runner/core/agents/runnerEvents.ts';
import { systemClock } from '../../runner/core/systemClock.ts';
import { agentIdOf } from '../../runner/protocol/issueId.ts';
import type { RunnerHome } from './runnerHome.ts';

/** An agent that has ended; nothing of it runs. */
export interface EndedAgent {
  issueId: string;
  title: string;
  ending: 'done' | 'killed' | 'crashed';
  endedAt: Date;
}

const lifeMs = 20 * 60_000;

/**
 * Writes the files that the runner keeps of agents which have ended, as it writes them itself. The home must have a
 * project. A daemon that runs knows them as soon as it is asked, and announces nothing.
 */
export async function writeAgents(home: RunnerHome, agents: readonly EndedAgent[]): Promise<void> {
  const runner = await home.runner();
  const [project] = await runner.projects.list();
  if (project === undefined) throw new Error('The home has no project.');
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const store = new AgentStore({ paths: home.paths, clock: systemClock, log });
  const events = new EventLog({ paths: home.paths });
  for (const agent of agents) {
    const state = stateOf(agent, project);
    mkdirSync(home.paths.agent(state.id).folder, { recursive: true, mode: 0o700 });
    await events.append(state.id, launchedEvent(state, state.startedAt));
    if (agent.ending === 'crashed') {
      const died = { type: 'died', exitCode: 3, signal: null } as const;
      await events.append(state.id, runnerEvent(state, agent.endedAt.toISOString(), died));
    }
    await store.save(state);
  }
}

function stateOf({ issueId, title, ending, endedAt }: EndedAgent, project: { name: string; path: string }): AgentState {
  const startedAt = new Date(endedAt.getTime() - lifeMs);
  const branch = `feature/${issueId.toLowerCase()}`;
  return {
    schema: stateSchemaVersion,
    id: agentIdOf(issueId),
    issueId,
    title,
    project: project.name,
    node: 'local',
    runtime: 'rehearsal',
    model: null,
    mode: 'ask',
    intent: ending === 'crashed' ? 'running' : ending,
    intentAt: (ending === 'crashed' ? startedAt : endedAt).toISOString(),
    outcome: null,
    workspace: `${project.path}/workspaces/${branch.replace('/', '-')}`,
    branch,
    sessionId: null,
    transcript: null,
    fence: 1,
    launchId: ulid(startedAt.getTime()),
    startedAt: startedAt.toISOString(),
    leader: null,
    resumed: false,
    capabilities: { reportsEvents: true, confirmsMessages: true, resumes: true },
  };
}
