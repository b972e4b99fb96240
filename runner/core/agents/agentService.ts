import type { IssueState } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import { agentIdOf, type IssueId } from '../../protocol/issueId.ts';
import type { Agent, HookItem, Issue, IssueDetails, StartPlan, Workspace } from '../../protocol/models.ts';
import type { AgentListParams, AgentStartParams, IssueEditParams, IssueParams } from '../../protocol/requests.ts';
import type { Cancellation, RunnerApi } from '../../protocol/runnerApi.ts';
import type { Changes } from '../changes.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import type { KeyedMutex } from '../files/keyedMutex.ts';
import { requireIssueId } from '../issues/requireIssueId.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Log } from '../ports.ts';
import type { StoredProject } from '../projects/projectStore.ts';
import type { RuntimeCatalog } from '../runtimes/runtimeCatalog.ts';
import { messageOf } from '../text/messageOf.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import { workspaceBranch, workspacePath } from '../workspaces/workspaceNames.ts';
import type { AgentAccess } from './agentAccess.ts';
import type { AgentEnder } from './agentEnder.ts';
import {
  alreadyRunning,
  bypassNotAllowed,
  cannotResume,
  neverStarted,
  noConversationYet,
  noRunningAgent,
  startCanceled,
  unreadableAgent,
} from './agentFailures.ts';
import { type AgentLauncher, requireReady } from './agentLauncher.ts';
import type { AgentReader, AgentSituation } from './agentReader.ts';
import type { AgentState } from './agentState.ts';
import type { AgentStore } from './agentStore.ts';
import { describeOutcome } from './describeOutcome.ts';
import { endsTurn } from './endsTurn.ts';
import type { EventLog } from './eventLog.ts';
import { hasConversation } from './howToGoOn.ts';
import type { ResolvedStart, StartResolver } from './startResolver.ts';
import type { StartsUnderway } from './startsUnderway.ts';
import type { Teller } from './teller.ts';

export interface AgentServiceDeps {
  paths: RunnerPaths;
  clock: Clock;
  log: Log;
  changes: Changes;
  mutex: KeyedMutex;
  starts: StartResolver;
  underway: StartsUnderway;
  projects: { ofIssue(id: IssueId): Promise<StoredProject>; allowBypass(name: string): Promise<void> };
  issues: { show(params: IssueParams): Promise<IssueDetails>; edit(params: IssueEditParams): Promise<Issue> };
  workspaces: {
    create(id: IssueId, signal?: Cancellation): Promise<Workspace>;
    get(id: IssueId): Promise<Workspace | undefined>;
  };
  hooks: { check(agentId: string): Promise<HookItem[]> };
  runtimes: RuntimeCatalog;
  tmux: TmuxServer;
  access: AgentAccess;
  store: AgentStore;
  events: EventLog;
  reader: AgentReader;
  launcher: AgentLauncher;
  ender: AgentEnder;
  teller: Teller;
}

/** What an interrupted agent is told when it is resumed in the middle of a turn. */
const carryOn = 'Your session was interrupted. Look at what is done already, then carry on where you left off.';

/** A program that says itself that it is done, and reports nothing else, is ended after this. */
const lastWordsMs = 2_000;

type AgentsApi = Pick<RunnerApi['agents'], 'list' | 'plan' | 'start' | 'kill' | 'done' | 'resume'>;

/** The life of agents: from an issue to its end. Changes to one agent happen one after the other. */
export class AgentService implements AgentsApi {
  private readonly deps: AgentServiceDeps;

  constructor(deps: AgentServiceDeps) {
    this.deps = deps;
  }

  async list(params: AgentListParams = {}): Promise<Agent[]> {
    return this.deps.reader.list(params.ids);
  }

  async plan(params: AgentStartParams): Promise<StartPlan> {
    const { issue, project, runtime, mode, model } = await this.deps.starts.resolve(params);
    const existing = await this.deps.workspaces.get(issue.id);
    const workspace = existing ?? { path: workspacePath(project, issue.id), branch: workspaceBranch(issue.id) };
    const hook = await this.deps.hooks.check(agentIdOf(issue.id));
    return this.deps.launcher.plan({
      issue,
      project,
      workspace,
      exists: existing !== undefined,
      needsYes: needsYes({ mode, project }),
      hook,
      runtime,
      model,
      mode,
    });
  }

  async start(
    params: AgentStartParams,
    onProgress: (phase: string) => void = () => undefined,
    signal?: Cancellation,
  ): Promise<Agent> {
    const resolved = await this.deps.starts.resolve(params);
    const { issue, project, runtime, mode, model } = resolved;
    const id = agentIdOf(issue.id);
    return this.deps.mutex.run(id, async () => {
      requireAllowed(resolved, params.allowBypass ?? false);
      await requireReady(runtime, { projectPath: project.path, workspace: workspacePath(project, issue.id) });
      await this.deps.tmux.requireInstalled();
      const lastFence = await this.requireStartable(id, issue.id);
      requireWanted(signal, issue.id, 'nothing was made');
      if (needsYes(resolved)) await this.deps.projects.allowBypass(project.name);
      await this.deps.underway.during({ ...resolved, lastFence }, async (tell) => {
        const enter = (phase: string): void => {
          onProgress(phase);
          tell(phase);
        };
        enter('creating workspace');
        const workspace = await this.makeWorkspace(issue.id, signal, () => enter('canceling'));
        requireWanted(signal, issue.id, 'its workspace stays');
        enter(`starting ${runtime.name}`);
        await this.deps.launcher.start({ issue, project, workspace, runtime, model, mode, lastFence });
      });
      if (issue.state !== 'in_progress') await this.moveIssue(issue.id, 'in_progress');
      return this.announced(id, issue.id);
    });
  }

  async kill(params: IssueParams): Promise<Agent> {
    const issueId = requireIssueId(params.id);
    const id = agentIdOf(issueId);
    this.deps.teller.giveUp(id);
    return this.deps.mutex.run(id, async () => {
      const stored = await this.deps.access.require(id, issueId);
      if (stored.kind === 'unreadable') await this.endUnreadable(id);
      else await this.killState(stored.state);
      return this.announced(id, issueId);
    });
  }

  async done(params: IssueParams): Promise<Agent> {
    return this.deps.access.withState(params.id, (state) => this.finish(state, 'user'));
  }

  /** The same, asked by the agent itself: its program goes on until its turn ends. */
  async doneFromInside(params: IssueParams): Promise<Agent> {
    return this.deps.access.withState(params.id, (state) => this.finish(state, 'agent'));
  }

  async resume(params: IssueParams): Promise<Agent> {
    return this.deps.access.withState(params.id, async (state) => {
      const pane = await this.deps.reader.surePane(state.id);
      const situation = await this.deps.reader.situation(state);
      if (pane.kind === 'alive') throw alreadyRunning(state.issueId, state.runtime, situation.verdict.status);
      const runtime = await this.deps.runtimes.get(state.runtime);
      if (!runtime.capabilities.resumes) throw cannotResume(state.issueId, state.runtime);
      const neverCameUp = situation.history.activity.kind === 'startFailed' && !state.resumed;
      if (neverCameUp) throw neverStarted(state.issueId, state.runtime);
      const { sessionId } = state;
      if (sessionId === null || !hasConversation(state, situation.history))
        throw noConversationYet(state.issueId, state.runtime);
      const project = await this.deps.projects.ofIssue(state.issueId);
      await requireReady(runtime, { projectPath: project.path, workspace: state.workspace });
      const workspace = await this.deps.workspaces.get(state.issueId);
      if (workspace?.state !== 'ok') await this.deps.workspaces.create(state.issueId);
      const prompt = wasBusy(situation) ? carryOn : null;
      await this.deps.launcher.resume(state, runtime, { project, sessionId, prompt });
      await this.moveIssue(state.issueId, 'in_progress');
      return this.announced(state.id, state.issueId);
    });
  }

  /** The fence of the last start; refuses while an agent of the issue lives. */
  private async requireStartable(id: string, issueId: IssueId): Promise<number> {
    const stored = await this.deps.store.get(id);
    const { fence } = await this.deps.events.history(id);
    if ((await this.deps.reader.surePane(id)).kind === 'alive') {
      if (stored?.kind === 'unreadable') throw unreadableAgent(issueId, stored.reason);
      if (stored?.kind === 'ok')
        throw alreadyRunning(
          issueId,
          stored.state.runtime,
          (await this.deps.reader.situation(stored.state)).verdict.status,
        );
    }
    return Math.max(fence, stored?.kind === 'ok' ? stored.state.fence : 0);
  }

  private async killState(state: AgentState): Promise<void> {
    const { pane, history } = await this.deps.reader.situation(state);
    const isOver = pane.kind === 'gone' && state.intent !== 'running' && state.leader === null;
    if (isOver) throw noRunningAgent(state, history);
    // Without git, or with a broken projects.json, an agent must still be killed; its outcome is then not known.
    const workspace = await this.deps.workspaces.get(state.issueId).catch(() => undefined);
    const outcome = describeOutcome(workspace, 'killed');
    await this.deps.ender.finish(await this.deps.ender.intend(state, 'killed', outcome, 'user'));
  }

  private async endUnreadable(id: string): Promise<void> {
    const { launchId } = await this.deps.events.history(id);
    if (launchId !== null) await this.deps.ender.end(id, null, launchId);
    else await this.deps.tmux.killSession(id);
  }

  private async finish(state: AgentState, by: 'user' | 'agent'): Promise<Agent> {
    const workspace = await this.deps.workspaces.get(state.issueId).catch(() => undefined);
    const intended = await this.deps.ender.intend(state, 'done', describeOutcome(workspace, 'done'), by);
    if (by === 'user') await this.deps.ender.finish(intended);
    else if (!state.capabilities.reportsEvents) this.endSoon(intended);
    await this.moveIssue(state.issueId, 'done');
    return this.announced(state.id, state.issueId);
  }

  /** Nothing will tell when its turn ends. It gets the time to read the answer to its own `pan work done`. */
  private endSoon(state: AgentState): void {
    const { clock, ender, log, mutex } = this.deps;
    const end = async (): Promise<void> => {
      const stored = await this.deps.store.get(state.id);
      const isSame = stored?.kind === 'ok' && stored.state.launchId === state.launchId;
      // Meanwhile it may have been killed, or started anew.
      if (isSame && stored.state.intent === 'done' && stored.state.leader !== null) await ender.finish(stored.state);
    };
    const failed = (error: unknown): void => log.error(`${state.id} was not ended`, error);
    clock.after(lastWordsMs, () => void mutex.run(state.id, end).catch(failed));
  }

  /** `onCancel`: nobody wants it any more, and it is taken back once git has ended. */
  private async makeWorkspace(
    issueId: IssueId,
    signal: Cancellation | undefined,
    onCancel: () => void,
  ): Promise<Workspace> {
    signal?.addEventListener('abort', onCancel);
    try {
      return await this.deps.workspaces.create(issueId, signal);
    } catch (error) {
      const isCanceled = error instanceof UserError && error.code === 'canceled';
      throw isCanceled ? startCanceled(issueId, 'nothing was made') : error;
    } finally {
      signal?.removeEventListener('abort', onCancel);
    }
  }

  /** What the agent does is true whether its issue's file can be written or not. */
  private async moveIssue(id: IssueId, state: IssueState): Promise<void> {
    try {
      await this.deps.issues.edit({ id, state });
    } catch (error) {
      this.deps.log.warn(`${id} was not moved to ${state}: ${messageOf(error)}`);
    }
  }

  private async announced(id: string, issueId: IssueId): Promise<Agent> {
    const agent = await this.deps.reader.view(await this.deps.reader.require(id, issueId));
    this.deps.changes.fire({ scope: 'agents', ids: [id] });
    return agent;
  }
}

/** That an agent may do everything unasked is said by a person, once for each project. */
function requireAllowed(start: ResolvedStart, yes: boolean): void {
  const { issue, project, runtime } = start;
  if (needsYes(start) && !yes) throw bypassNotAllowed(issue.id, project.name, runtime.name);
}

function requireWanted(signal: Cancellation | undefined, id: IssueId, left: Parameters<typeof startCanceled>[1]): void {
  if (signal?.aborted === true) throw startCanceled(id, left);
}

/** What a turn's end is told by; that the session ended, or was noticed by somebody, says nothing about its turn. */
function wasBusy({ state, history }: AgentSituation): boolean {
  const says = ({ source, event, launchId }: AgentEvent) =>
    source === 'hook' &&
    launchId === state.launchId &&
    event.hook_event_name !== 'SessionEnd' &&
    event.hook_event_name !== 'Notification';
  const last = history.recent.findLast(says);
  if (last?.source !== 'hook') return false;
  return !endsTurn(last) && last.event.hook_event_name !== 'SessionStart';
}

function needsYes({ mode, project }: Pick<ResolvedStart, 'mode' | 'project'>): boolean {
  return mode === 'bypass' && !project.bypassAllowed;
}
