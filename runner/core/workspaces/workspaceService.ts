import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AgentId, IssueId } from '../../protocol/issueId.ts';
import type { DestroyResult, Project, Workspace } from '../../protocol/models.ts';
import type { DidChangeParams, WorkspaceChangesParams, WorkspaceFileParams } from '../../protocol/requests.ts';
import type { Cancellation } from '../../protocol/runnerApi.ts';
import type { BaseFile, Rescue, RestoreResult, WorkspaceChanges } from '../../protocol/workspaceModels.ts';
import { Turnstile } from '../files/turnstile.ts';
import type { Git } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { gitUserError } from '../git/gitUserError.ts';
import { parseRefs, refFormat } from '../git/parseRefs.ts';
import { requireIssueId } from '../issues/requireIssueId.ts';
import type { Clock } from '../ports.ts';
import { findBase, refPatterns } from './branchPlan.ts';
import { createWorkspace } from './createWorkspace.ts';
import { describeWorkspace } from './describeWorkspace.ts';
import { destroyWorkspace } from './destroyWorkspace.ts';
import { listIssueIds } from './listIssueIds.ts';
import { listRescues } from './listRescues.ts';
import { mapBounded } from './mapBounded.ts';
import { readBaseFile } from './readBaseFile.ts';
import { readChanges } from './readChanges.ts';
import type { RepositoryLock } from './repositoryLock.ts';
import { commonDirOf, type RepositoryView, readRepository } from './repositoryView.ts';
import { restoreWorkspace } from './restoreWorkspace.ts';
import { liveAgent, repositoryGone } from './workspaceFailures.ts';

/** git processes, or readings of workspaces, at once: more only wait for the disk and for each other. */
const maxParallel = 4;

export interface WorkspaceServiceDeps {
  git: Git;
  projects: {
    list(): Promise<Project[]>;
    ofIssue(issueId: IssueId): Promise<Project>;
    resolve(place: { project?: string | undefined }): Promise<Project>;
  };
  lock: RepositoryLock;
  agents: {
    /** A few words about the agent that lives in the workspace (`claude, working`), or null. */
    liveAgentOf(issueId: IssueId): string | null;
    agentIdOf(issueId: IssueId): AgentId | null;
  };
  clock: Clock;
  changes: { fire(change: DidChangeParams): void };
}

/** One git worktree for each issue, in `{project}/workspaces/`. All methods throw UserError for what users can meet. */
export class WorkspaceService {
  private readonly deps: WorkspaceServiceDeps;
  private readonly reads = new Turnstile(maxParallel);

  constructor(deps: WorkspaceServiceDeps) {
    this.deps = deps;
  }

  /**
   * Makes the workspace, finishes one whose making was interrupted, or returns the one that is there.
   *
   * @throws UserError `canceled` where the signal was aborted before it was made: then there is none.
   */
  async create(issueId: IssueId, signal?: Cancellation): Promise<Workspace> {
    const { git } = this.deps;
    const project = await this.deps.projects.ofIssue(issueId);
    const { workspace, made } = await this.locked(project, () =>
      git.retried(() => createWorkspace(this.deps, project, issueId, signal)),
    );
    if (made) this.changed(issueId);
    return workspace;
  }

  /** Workspaces of all projects, or of one. What cannot be read is left out or says so in its state. */
  async list(params: { project?: string | undefined } = {}): Promise<Workspace[]> {
    const lists = await mapBounded(await this.wanted(params), maxParallel, (project) =>
      orNothing(project, () => this.listIn(project)),
    );
    return lists.flat();
  }

  async get(issueId: IssueId): Promise<Workspace | undefined> {
    const project = await this.deps.projects.ofIssue(issueId);
    try {
      const view = await readRepository(this.deps.git, project);
      return await this.describe(view, issueId, await this.baseIdOf(project));
    } catch (error) {
      throw userError(error, project);
    }
  }

  async destroy(params: { issueId: IssueId; force?: boolean | undefined }): Promise<DestroyResult> {
    const { issueId, force } = params;
    const project = await this.deps.projects.ofIssue(issueId);
    const result = await this.locked(project, async () => {
      this.requireNoAgent(issueId);
      return destroyWorkspace(this.deps, project, issueId, force ?? false);
    });
    this.changed(issueId);
    return result;
  }

  /** @throws UserError that says why where the workspace cannot be read. */
  async changes(params: WorkspaceChangesParams): Promise<WorkspaceChanges> {
    const issueId = requireIssueId(params.id);
    const project = await this.deps.projects.ofIssue(issueId);
    return this.reading(project, () => readChanges(this.deps.git, project, issueId, params.against));
  }

  async file(params: WorkspaceFileParams): Promise<BaseFile> {
    const project = await this.deps.projects.ofIssue(requireIssueId(params.id));
    return this.reading(project, () => readBaseFile(this.deps.git, project, params.commit, params.path));
  }

  /** Newest first. A repository that is gone has none to show. */
  async rescues(params: { project?: string | undefined } = {}): Promise<Rescue[]> {
    const lists = await mapBounded(await this.wanted(params), maxParallel, (project) =>
      orNothing(project, async () => (await listRescues(this.deps.git, project)).map(({ rescue }) => rescue)),
    );
    return lists.flat().sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  }

  async restore(params: { issueId: IssueId; ref?: string | undefined }): Promise<RestoreResult> {
    const { issueId, ref } = params;
    const project = await this.deps.projects.ofIssue(issueId);
    const result = await this.locked(project, async () => {
      this.requireNoAgent(issueId);
      return restoreWorkspace(this.deps, project, issueId, ref);
    });
    this.changed(issueId);
    return result;
  }

  /** What there is of a workspace shows in the row of its agent, too. */
  private changed(issueId: IssueId): void {
    const { changes, agents } = this.deps;
    changes.fire({ scope: 'workspaces', ids: [issueId] });
    const agent = agents.agentIdOf(issueId);
    if (agent !== null) changes.fire({ scope: 'agents', ids: [agent] });
  }

  private requireNoAgent(issueId: IssueId): void {
    const agent = this.deps.agents.liveAgentOf(issueId);
    if (agent !== null) throw liveAgent(issueId, agent);
  }

  private async wanted(params: { project?: string | undefined }): Promise<Project[]> {
    const { projects } = this.deps;
    return params.project === undefined ? projects.list() : [await projects.resolve(params)];
  }

  /** Several at a time: a window asks for every workspace that it shows. */
  private async reading<T>(project: Project, task: () => Promise<T>): Promise<T> {
    try {
      return await this.reads.run(task);
    } catch (error) {
      throw userError(error, project);
    }
  }

  private async locked<T>(project: Project, task: () => Promise<T>): Promise<T> {
    try {
      // The lock is made in the repository's own folder, which must not come to be by that.
      if (!existsSync(project.path)) throw repositoryGone(project, undefined);
      return await this.deps.lock(await commonDirOf(project), task);
    } catch (error) {
      throw userError(error, project);
    }
  }

  private async listIn(project: Project): Promise<Workspace[]> {
    const [view, baseId] = await Promise.all([readRepository(this.deps.git, project), this.baseIdOf(project)]);
    const issueIds = await listIssueIds(view);
    const described = await mapBounded(issueIds, maxParallel, (issueId) => this.describe(view, issueId, baseId));
    return described.filter((workspace) => workspace !== undefined);
  }

  private async describe(view: RepositoryView, issueId: IssueId, baseId: string | undefined) {
    const agent = this.deps.agents.agentIdOf(issueId);
    return describeWorkspace(this.deps.git, { view, issueId, baseId, agent });
  }

  private async baseIdOf(project: Project): Promise<string | undefined> {
    const patterns = refPatterns(project.defaultBranch);
    const refs = parseRefs(await this.deps.git.read({ cwd: project.path }, ['for-each-ref', refFormat, ...patterns]));
    return findBase(refs, project.defaultBranch)?.id;
  }
}

/** A repository that is gone or broken has nothing to show; without git there is nothing to show at all. */
async function orNothing<T>(project: Project, task: () => Promise<T[]>): Promise<T[]> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof GitFailure && error.reason !== 'missing' && error.reason !== 'tooOld') return [];
    throw gitUserError(error, project.path);
  }
}

function userError(error: unknown, project: Project): unknown {
  return error instanceof GitFailure && !existsSync(path.join(project.path, '.git'))
    ? repositoryGone(project, error)
    : gitUserError(error, project.path);
}
