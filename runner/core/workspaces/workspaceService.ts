import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AgentId, IssueId } from '../../protocol/issueId.ts';
import type { DestroyResult, Project, Workspace } from '../../protocol/models.ts';
import type { DidChangeParams } from '../../protocol/requests.ts';
import type { Git } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { gitUserError } from '../git/gitUserError.ts';
import { parseRefs, refFormat } from '../git/parseRefs.ts';
import type { Clock } from '../ports.ts';
import { findBase, refPatterns } from './branchPlan.ts';
import { createWorkspace } from './createWorkspace.ts';
import { describeWorkspace } from './describeWorkspace.ts';
import { destroyWorkspace } from './destroyWorkspace.ts';
import { listIssueIds } from './listIssueIds.ts';
import { mapBounded } from './mapBounded.ts';
import type { RepositoryLock } from './repositoryLock.ts';
import { commonDirOf, type RepositoryView, readRepository } from './repositoryView.ts';
import { liveAgent, repositoryGone } from './workspaceFailures.ts';

/** git processes at once while listing: more only wait for the disk and for each other. */
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

  constructor(deps: WorkspaceServiceDeps) {
    this.deps = deps;
  }

  /** Makes the workspace, finishes one whose making was interrupted, or returns the one that is there. */
  async create(issueId: IssueId): Promise<Workspace> {
    const { git } = this.deps;
    const project = await this.deps.projects.ofIssue(issueId);
    const { workspace, made } = await this.locked(project, () =>
      git.retried(() => createWorkspace(this.deps, project, issueId)),
    );
    if (made) this.deps.changes.fire({ scope: 'workspaces', ids: [issueId] });
    return workspace;
  }

  /** Workspaces of all projects, or of one. What cannot be read is left out or says so in its state. */
  async list(params: { project?: string | undefined } = {}): Promise<Workspace[]> {
    const { projects } = this.deps;
    const wanted = params.project === undefined ? await projects.list() : [await projects.resolve(params)];
    const lists = await mapBounded(wanted, maxParallel, (project) => this.listIn(project));
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
      const agent = this.deps.agents.liveAgentOf(issueId);
      if (agent !== null) throw liveAgent(issueId, agent);
      return destroyWorkspace(this.deps, project, issueId, force ?? false);
    });
    this.deps.changes.fire({ scope: 'workspaces', ids: [issueId] });
    return result;
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
    try {
      const [view, baseId] = await Promise.all([readRepository(this.deps.git, project), this.baseIdOf(project)]);
      const issueIds = await listIssueIds(view);
      const described = await mapBounded(issueIds, maxParallel, (issueId) => this.describe(view, issueId, baseId));
      return described.filter((workspace) => workspace !== undefined);
    } catch (error) {
      // A repository that is gone or broken has no workspaces to show; without git there is nothing to show at all.
      if (error instanceof GitFailure && error.reason !== 'missing' && error.reason !== 'tooOld') return [];
      throw gitUserError(error, project.path);
    }
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

function userError(error: unknown, project: Project): unknown {
  return error instanceof GitFailure && !existsSync(path.join(project.path, '.git'))
    ? repositoryGone(project, error)
    : gitUserError(error, project.path);
}
