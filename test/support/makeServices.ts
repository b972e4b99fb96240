import path from 'node:path';
import { KeyedMutex } from '../../runner/core/files/keyedMutex.ts';
import { Git } from '../../runner/core/git/git.ts';
import { ProjectService } from '../../runner/core/projects/projectService.ts';
import { systemClock } from '../../runner/core/systemClock.ts';
import { createRepositoryLock } from '../../runner/core/workspaces/repositoryLock.ts';
import { WorkspaceService } from '../../runner/core/workspaces/workspaceService.ts';
import type { DidChangeParams } from '../../runner/protocol/requests.ts';
import { gitEnvironment } from './repository.ts';

/** What one runner knows: services over real git, agents as the test says. */
export interface Services {
  git: Git;
  projects: ProjectService;
  workspaces: WorkspaceService;
  /** What was announced, as `scope: ids`. */
  announced: string[];
  /** Issue id to what lives there. */
  live: Map<string, string>;
}

/** The services of one runner whose home is `home`; several with one home are several daemons. */
export function makeServices(home: string, env: Record<string, string> = {}): Services {
  const git = new Git({ env: { ...gitEnvironment(home), ...env }, clock: systemClock });
  const announced: string[] = [];
  const changes = { fire: ({ scope, ids }: DidChangeParams) => announced.push(`${scope}: ${ids.join(', ')}`) };
  const live = new Map<string, string>();
  const projects = new ProjectService({
    paths: { projectsFile: path.join(home, 'projects.json') },
    git,
    clock: systemClock,
    mutex: new KeyedMutex(),
    agents: { liveIn: async () => [...live.keys()].map((issueId) => `agent-${issueId.toLowerCase()}`) },
    changes,
  });
  const agents = {
    liveAgentOf: (issueId: string) => live.get(issueId) ?? null,
    agentIdOf: (issueId: string) => (live.has(issueId) ? `agent-${issueId.toLowerCase()}` : null),
  };
  const workspaces = new WorkspaceService({
    git,
    projects,
    lock: createRepositoryLock(lockDeps()),
    agents,
    clock: systemClock,
    changes,
  });
  return { git, projects, workspaces, announced, live };
}

/** Processes in a test are told apart by their pid alone. */
function lockDeps() {
  const startTime = 'now';
  return {
    self: { pid: process.pid, startTime },
    startTimeOf: async (pid: number) => (isAlive(pid) ? startTime : undefined),
    clock: systemClock,
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process.
    return false;
  }
}
