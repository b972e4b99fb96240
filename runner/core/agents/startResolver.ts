import { permissionModes } from '../../protocol/enumerations.ts';
import { agentIdOf, type IssueId } from '../../protocol/issueId.ts';
import type { IssueDetails, StartPlan } from '../../protocol/models.ts';
import type { AgentStartParams, IssueParams } from '../../protocol/requests.ts';
import type { RuntimeChoice, RuntimeList } from '../../protocol/runtimeChoice.ts';
import type { Config } from '../config/config.ts';
import { resolveStart, type StartChoice } from '../config/startChoice.ts';
import { requireIssueId } from '../issues/requireIssueId.ts';
import type { StoredProject } from '../projects/projectStore.ts';
import type { LaunchPlace, Runtime, RuntimeInspection } from '../runtimes/runtime.ts';
import { fallbackRuntime, type RuntimeCatalog } from '../runtimes/runtimeCatalog.ts';
import { messageOf } from '../text/messageOf.ts';
import { oneLine } from '../text/sanitize.ts';
import { workspacePath } from '../workspaces/workspaceNames.ts';
import type { AgentStore } from './agentStore.ts';

export interface StartResolverDeps {
  config: { read(): Promise<Config> };
  projects: { ofIssue(id: IssueId): Promise<StoredProject> };
  issues: { show(params: IssueParams): Promise<IssueDetails> };
  runtimes: Pick<RuntimeCatalog, 'get' | 'names'>;
  store: Pick<AgentStore, 'get'>;
}

export type ResolvedStart = { issue: IssueDetails; project: StoredProject; runtime: Runtime } & Pick<
  StartPlan,
  'mode' | 'model'
>;

/** Finds out what an agent would be started with. */
export class StartResolver {
  private readonly deps: StartResolverDeps;

  constructor(deps: StartResolverDeps) {
    this.deps = deps;
  }

  async resolve(params: AgentStartParams): Promise<ResolvedStart> {
    const id = requireIssueId(params.id);
    const project = await this.deps.projects.ofIssue(id);
    const [issue, config, last] = await Promise.all([
      this.deps.issues.show({ id }),
      this.deps.config.read(),
      this.lastChoice(id),
    ]);
    const choice = resolveStart(config, project.name, params, last);
    const runtime = await this.deps.runtimes.get(choice.runtime ?? undefined);
    return { issue, project, runtime, mode: choice.mode, model: choice.model };
  }

  /** Every runtime, as a start of the issue's agent would find it; those that cannot be started now come last. */
  async choices(params: IssueParams): Promise<RuntimeList> {
    const id = requireIssueId(params.id);
    const project = await this.deps.projects.ofIssue(id);
    const [config, last, names] = await Promise.all([
      this.deps.config.read(),
      this.lastChoice(id),
      this.deps.runtimes.names(),
    ]);
    const place = { projectPath: project.path, workspace: workspacePath(project, id) };
    const usual = resolveStart(config, project.name, {}, last).runtime ?? fallbackRuntime;
    const all = await Promise.all(
      names.map(async (name): Promise<RuntimeChoice> => {
        const { model, mode } = resolveStart(config, project.name, { runtime: name }, last);
        const runtime = await this.deps.runtimes.get(name);
        const modes = runtime.ignoresMode === true ? [mode] : [...permissionModes];
        return { name, ...(await conditionOf(runtime, place)), model, mode, modes, isDefault: name === usual };
      }),
    );
    const runtimes = [...all.filter(({ ready }) => ready), ...all.filter(({ ready }) => !ready)];
    return { runtimes, bypassAllowed: project.bypassAllowed };
  }

  /** What the issue's last agent ran, if that tool is still there. */
  private async lastChoice(id: IssueId): Promise<StartChoice | undefined> {
    const stored = await this.deps.store.get(agentIdOf(id));
    if (stored?.kind !== 'ok') return undefined;
    const { runtime, model, mode } = stored.state;
    return (await this.deps.runtimes.names()).includes(runtime) ? { runtime, model, mode } : undefined;
  }
}

const nothingFound: RuntimeInspection = { installed: true, version: null, loggedIn: null, fix: null };

/** One tool that cannot be asked hides no other. */
async function conditionOf(
  runtime: Runtime,
  place: LaunchPlace,
): Promise<Pick<RuntimeChoice, 'ready' | 'reason' | 'fix' | 'version'>> {
  try {
    const [readiness, found = nothingFound] = await Promise.all([runtime.readiness(place), runtime.inspect?.()]);
    const { fix, version, loggedIn } = found;
    if (!readiness.ready) return { ready: false, reason: readiness.message, fix, version };
    return { ready: true, reason: loggedIn === false ? 'It is not logged in.' : null, fix, version };
  } catch (error) {
    return { ready: false, reason: `It cannot be asked: ${oneLine(messageOf(error), 120)}.`, fix: null, version: null };
  }
}
