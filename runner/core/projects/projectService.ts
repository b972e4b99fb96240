import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { type IssueId, prefixOf } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import type { DidChangeParams, Place, ProjectAddParams } from '../../protocol/requests.ts';
import type { KeyedMutex } from '../files/keyedMutex.ts';
import type { Git } from '../git/git.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock } from '../ports.ts';
import { inspectRepository, type Repository } from './inspectRepository.ts';
import {
  nameInvalid,
  nameTaken,
  prefixInvalid,
  prefixTaken,
  prefixUnknown,
  projectDiffers,
  projectHasAgents,
  projectUnknown,
} from './projectFailures.ts';
import { deriveName, isProjectName } from './projectName.ts';
import { derivePrefix, isPrefix } from './projectPrefix.ts';
import { ProjectStore, type StoredProject } from './projectStore.ts';
import { findProject, resolveProject } from './resolveProject.ts';
import { writeRunnerExcludes } from './runnerExcludes.ts';

export interface ProjectServiceDeps {
  paths: Pick<RunnerPaths, 'projectsFile'>;
  git: Git;
  clock: Clock;
  mutex: KeyedMutex;
  /** Ids of the agents that run in a project. */
  agents: { liveIn(project: string): Promise<string[]> };
  changes: { fire(change: DidChangeParams): void };
}

/** The registered repositories. */
export class ProjectService {
  private readonly deps: ProjectServiceDeps;
  private readonly store: ProjectStore;

  constructor(deps: ProjectServiceDeps) {
    this.deps = deps;
    this.store = new ProjectStore(deps.paths.projectsFile);
  }

  async list(): Promise<Project[]> {
    return (await this.store.read()).map(told);
  }

  /** Registers the repository that `path` is in; one that is registered already is returned as it is. */
  async add(params: ProjectAddParams): Promise<Project> {
    const name = params.name;
    const prefix = params.prefix?.toUpperCase();
    if (name !== undefined && !isProjectName(name)) throw nameInvalid(name);
    if (prefix !== undefined && !isPrefix(prefix)) throw prefixInvalid(params.prefix ?? '');
    const repository = await inspectRepository(this.deps.git, path.resolve(params.path));
    const { project, added } = await this.changing(async (projects) => {
      const existing = projects.find((each) => each.path === repository.path);
      if (existing !== undefined) {
        if ((name ?? existing.name) !== existing.name || (prefix ?? existing.prefix) !== existing.prefix) {
          throw projectDiffers(existing);
        }
        await writeRunnerExcludes(repository.commonDir);
        return { project: existing, added: false };
      }
      const fresh = newProject(projects, repository, { name, prefix }, this.deps.clock.now());
      await writeRunnerExcludes(repository.commonDir);
      await this.store.write([...projects, fresh]);
      return { project: fresh, added: true };
    });
    if (added) this.deps.changes.fire({ scope: 'projects', ids: [project.name] });
    return told(project);
  }

  /** Forgets a project, named by name, prefix or path. Its files, workspaces and issues stay. */
  async remove(params: { name: string }): Promise<Project> {
    const removed = await this.changing(async (projects) => {
      const project = findProject(projects, params.name);
      if (project === undefined) throw projectUnknown(params.name, projects);
      const live = await this.deps.agents.liveIn(project.name);
      if (live.length > 0) throw projectHasAgents(project, live);
      await this.store.write(projects.filter((each) => each !== project));
      return project;
    });
    this.deps.changes.fire({ scope: 'projects', ids: [removed.name] });
    return told(removed);
  }

  /** Remembers that agents may run everything in the project without asking: somebody has said so. @throws UserError when there is no such project. */
  async allowBypass(name: string): Promise<void> {
    await this.changing(async (projects) => {
      const project = projects.find((each) => each.name === name);
      if (project === undefined) throw projectUnknown(name, projects);
      if (project.bypassAllowed) return;
      await this.store.write(projects.map((each) => (each === project ? { ...each, bypassAllowed: true } : each)));
    });
  }

  /** The project that the prefix of an issue id belongs to. @throws UserError when there is none. */
  async ofIssue(issueId: IssueId): Promise<StoredProject> {
    const projects = await this.store.read();
    const project = projects.find(({ prefix }) => prefix === prefixOf(issueId));
    if (project === undefined) throw prefixUnknown(issueId, projects);
    return project;
  }

  /** The project that a request means. @throws UserError when that is not clear. */
  async resolve(place: Place): Promise<Project> {
    const { cwd } = place;
    const realCwd = cwd === undefined ? undefined : await realpath(cwd).catch(() => cwd);
    return resolveProject(await this.list(), { project: place.project, cwd: realCwd });
  }

  private async changing<T>(task: (projects: readonly StoredProject[]) => Promise<T>): Promise<T> {
    return this.deps.mutex.run(this.deps.paths.projectsFile, async () => task(await this.store.read()));
  }
}

function newProject(
  projects: readonly Project[],
  repository: Repository,
  wanted: { name: string | undefined; prefix: string | undefined },
  now: Date,
): StoredProject {
  const names = projects.map((project) => project.name);
  const name = wanted.name ?? deriveName(path.basename(repository.path), names);
  const sameName = projects.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (sameName !== undefined) throw nameTaken(name, sameName);
  const prefixes = projects.map((project) => project.prefix);
  const prefix = wanted.prefix ?? derivePrefix(name, prefixes);
  const samePrefix = projects.find((each) => each.prefix === prefix);
  if (samePrefix !== undefined) throw prefixTaken(samePrefix);
  const { defaultBranch } = repository;
  const addedAt = now.toISOString();
  return { name, path: repository.path, prefix, tracker: 'local', defaultBranch, addedAt, bypassAllowed: false };
}

/** What clients are told of a project. */
function told({ bypassAllowed: _, ...project }: StoredProject): Project {
  return project;
}
