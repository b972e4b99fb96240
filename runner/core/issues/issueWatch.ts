import type { IssueId } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import type { Changes } from '../changes.ts';
import type { Clock, Log } from '../ports.ts';
import type { Tracker } from '../trackers/tracker.ts';

export interface IssueWatchDeps {
  projects: { list(): Promise<Project[]> };
  trackers: ReadonlyMap</* tracker name */ string, Tracker>;
  changes: Pick<Changes, 'fire' | 'listen'>;
  clock: Clock;
  log: Log;
}

/** What an editor does to a file when it saves comes as several events: they are announced as one. */
const gatherMs = 100;

/**
 * Announces issues that somebody changed beside the runner, in an editor or by git, while a client is connected. What the
 * runner changes itself is announced at once, and once more from here.
 */
export class IssueWatch {
  private readonly deps: IssueWatchDeps;
  private readonly watched = new Map</* project path */ string, () => void>();
  private readonly stale = new Set<IssueId>();
  private isAllStale = false;
  private isWanted = false;
  private unlisten: (() => void) | undefined;
  private cancel: (() => void) | undefined;

  constructor(deps: IssueWatchDeps) {
    this.deps = deps;
  }

  clientsChanged(count: number): void {
    if (count === 0) this.stop();
    else if (!this.isWanted) this.start();
  }

  stop(): void {
    this.isWanted = false;
    this.unlisten?.();
    this.cancel?.();
    this.cancel = undefined;
    for (const end of this.watched.values()) end();
    this.watched.clear();
    this.stale.clear();
    this.isAllStale = false;
  }

  private start(): void {
    this.isWanted = true;
    this.unlisten = this.deps.changes.listen(({ scope }) => {
      if (scope === 'projects') this.watchSoon();
    });
    this.watchSoon();
  }

  private watchSoon(): void {
    this.watchProjects().catch((error: unknown) => this.deps.log.error('the issues are not watched', error));
  }

  private async watchProjects(): Promise<void> {
    const projects = await this.deps.projects.list();
    if (!this.isWanted) return;
    const paths = new Set(projects.map((project) => project.path));
    for (const [path, end] of this.watched) {
      if (paths.has(path)) continue;
      end();
      this.watched.delete(path);
    }
    for (const project of projects) {
      if (this.watched.has(project.path)) continue;
      const end = this.deps.trackers.get(project.tracker)?.watch?.(project, (ids) => this.note(ids));
      if (end !== undefined) this.watched.set(project.path, end);
    }
  }

  private note(ids: readonly IssueId[]): void {
    if (ids.length === 0) this.isAllStale = true;
    for (const id of ids) this.stale.add(id);
    this.cancel ??= this.deps.clock.after(gatherMs, () => this.announce());
  }

  private announce(): void {
    this.cancel = undefined;
    const ids = this.isAllStale ? [] : [...this.stale];
    this.stale.clear();
    this.isAllStale = false;
    this.deps.changes.fire({ scope: 'issues', ids });
  }
}
