import type { Project } from '../../../runner/protocol/models.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import { Signal } from '../signal.ts';
import { projectsOfWindow } from './projectsOfWindow.ts';

export interface ProjectsDeps {
  runner: Pick<RunnerConnection, 'connected' | 'onDidChange'>;
  /** Real, absolute paths of the window's folders. */
  folders(): Promise<string[]>;
  log: { error(message: string | Error): void };
}

/** The registered projects as the runner told them last; kept while the runner is away. */
export class Projects {
  private readonly deps: ProjectsDeps;
  private readonly changed = new Signal<void>();
  private readonly subscription: { dispose(): void };
  private known: readonly Project[] | undefined;
  private open: readonly Project[] = [];
  private fetching: Promise<void> | undefined;
  private isStale = false;

  /** Fires once a change of either list is known here. */
  readonly onDidChange = this.changed.event;

  constructor(deps: ProjectsDeps) {
    this.deps = deps;
    this.subscription = deps.runner.onDidChange(({ scope }) => {
      if (scope === 'projects') this.refreshSoon();
    });
  }

  /** Whether they were fetched at least once. */
  get isKnown(): boolean {
    return this.known !== undefined;
  }

  all(): readonly Project[] {
    return this.known ?? [];
  }

  /** Those that are open in this window, in the order of its folders. */
  ofWindow(): readonly Project[] {
    return this.open;
  }

  /** Asks the runner, where it is there, and the window for its folders. Resolves when what was so at the call is known. */
  refresh(): Promise<void> {
    this.isStale = true;
    this.fetching ??= this.fetchWhileStale().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  /** As `refresh`; a failure is logged, and the next change asks again. */
  refreshSoon(): void {
    this.refresh().catch((error: unknown) => this.deps.log.error(error instanceof Error ? error : String(error)));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async fetchWhileStale(): Promise<void> {
    while (this.isStale) {
      this.isStale = false;
      const projects = (await this.deps.runner.connected()?.projects.list()) ?? this.known;
      if (projects === undefined) return;
      const open = projectsOfWindow(await this.deps.folders(), projects);
      const isSame = this.known !== undefined && sameProjects(projects, this.known) && sameProjects(open, this.open);
      this.known = projects;
      this.open = open;
      if (!isSame) this.changed.fire();
    }
  }
}

function sameProjects(a: readonly Project[], b: readonly Project[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
