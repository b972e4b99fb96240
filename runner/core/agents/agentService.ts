import type { IssueState } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import { agentIdOf, type IssueId } from '../../protocol/issueId.ts';
import type {
  Agent,
  AttachTarget,
  Explanation,
  HookItem,
  Issue,
  IssueDetails,
  Project,
  StartPlan,
  TellResult,
  Workspace,
} from '../../protocol/models.ts';
import type {
  AgentLog,
  AgentLogParams,
  AgentStartParams,
  AgentTellParams,
  IssueEditParams,
  IssueParams,
} from '../../protocol/requests.ts';
import type { RunnerApi } from '../../protocol/runnerApi.ts';
import type { Changes } from '../changes.ts';
import type { Config } from '../config/config.ts';
import type { KeyedMutex } from '../files/keyedMutex.ts';
import { requireIssueId } from '../issues/requireIssueId.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Log } from '../ports.ts';
import type { Runtime } from '../runtimes/runtime.ts';
import type { RuntimeCatalog } from '../runtimes/runtimeCatalog.ts';
import { messageOf } from '../text/messageOf.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import { workspaceBranch, workspacePath } from '../workspaces/workspaceNames.ts';
import type { AgentEnder } from './agentEnder.ts';
import {
  alreadyRunning,
  cannotResume,
  neverStarted,
  noAgentYet,
  noRunningAgent,
  unreadableAgent,
} from './agentFailures.ts';
import { type AgentLauncher, requireReady } from './agentLauncher.ts';
import type { AgentReader, AgentSituation } from './agentReader.ts';
import type { AgentState } from './agentState.ts';
import type { AgentStore, StoredAgent } from './agentStore.ts';
import { describeOutcome } from './describeOutcome.ts';
import type { EventLog } from './eventLog.ts';
import { readLog } from './readLog.ts';
import type { Teller } from './teller.ts';

export interface AgentServiceDeps {
  paths: RunnerPaths;
  clock: Clock;
  log: Log;
  changes: Changes;
  mutex: KeyedMutex;
  config: { read(): Promise<Config> };
  projects: { ofIssue(id: IssueId): Promise<Project> };
  issues: { show(params: IssueParams): Promise<IssueDetails>; edit(params: IssueEditParams): Promise<Issue> };
  workspaces: {
    create(id: IssueId): Promise<Workspace>;
    get(id: IssueId): Promise<Workspace | undefined>;
  };
  hooks: { check(agentId: string): Promise<HookItem[]> };
  runtimes: RuntimeCatalog;
  tmux: TmuxServer;
  store: AgentStore;
  events: EventLog;
  reader: AgentReader;
  launcher: AgentLauncher;
  ender: AgentEnder;
  teller: Teller;
}

/** What an interrupted agent is told when it is resumed in the middle of a turn. */
const carryOn = 'Your session was interrupted. Look at what is done already, then carry on where you left off.';

/** Beyond this a message is a file, and the spool that carries its receipt would not take it. */
const maxMessageBytes = 1024 * 1024;

/** A program that says itself that it is done, and reports nothing else, is ended after this. */
const lastWordsMs = 2_000;

type AgentsApi = RunnerApi['agents'];

/** What people and agents ask of agents. Changes to one agent happen one after the other. */
export class AgentService implements AgentsApi {
  private readonly deps: AgentServiceDeps;

  constructor(deps: AgentServiceDeps) {
    this.deps = deps;
  }

  async list(): Promise<Agent[]> {
    return this.deps.reader.list();
  }

  async plan(params: AgentStartParams): Promise<StartPlan> {
    const { issue, project, runtime, mode, model } = await this.resolveStart(params);
    const existing = await this.deps.workspaces.get(issue.id);
    const workspace = existing ?? { path: workspacePath(project, issue.id), branch: workspaceBranch(issue.id) };
    const hook = await this.deps.hooks.check(agentIdOf(issue.id));
    return this.deps.launcher.plan({
      issue,
      project,
      workspace,
      exists: existing !== undefined,
      hook,
      runtime,
      model,
      mode,
    });
  }

  async start(params: AgentStartParams, onProgress: (phase: string) => void = () => undefined): Promise<Agent> {
    const { issue, project, runtime, mode, model } = await this.resolveStart(params);
    const id = agentIdOf(issue.id);
    return this.deps.mutex.run(id, async () => {
      await requireReady(runtime);
      await this.deps.tmux.requireInstalled();
      const lastFence = await this.requireStartable(id, issue.id);
      onProgress('creating workspace');
      const workspace = await this.deps.workspaces.create(issue.id);
      onProgress(`starting ${runtime.name}`);
      const hook = await this.deps.hooks.check(id);
      await this.deps.launcher.start({ issue, project, workspace, hook, runtime, model, mode, lastFence });
      if (issue.state !== 'in_progress') await this.moveIssue(issue.id, 'in_progress');
      return this.announced(id, issue.id);
    });
  }

  async tell(params: AgentTellParams): Promise<TellResult> {
    if (params.text.trim() === '') {
      throw new UserError({
        code: 'emptyMessage',
        message: 'The message is empty.',
        hint: 'Write what the agent should do.',
        kind: 'usage',
      });
    }
    if (Buffer.byteLength(params.text) > maxMessageBytes) throw messageTooLong();
    return this.withState(params.id, async (state) => {
      const situation = await this.requireLive(state);
      return this.deps.teller.tell(situation, params.text);
    });
  }

  async kill(params: IssueParams): Promise<Agent> {
    const issueId = requireIssueId(params.id);
    const id = agentIdOf(issueId);
    this.deps.teller.giveUp(id);
    return this.deps.mutex.run(id, async () => {
      const stored = await this.require(id, issueId);
      if (stored.kind === 'unreadable') await this.endUnreadable(id);
      else await this.killState(stored.state);
      return this.announced(id, issueId);
    });
  }

  async done(params: IssueParams): Promise<Agent> {
    return this.withState(params.id, (state) => this.finish(state, 'user'));
  }

  /** The same, asked by the agent itself: its program goes on until its turn ends. */
  async doneFromInside(params: IssueParams): Promise<Agent> {
    return this.withState(params.id, (state) => this.finish(state, 'agent'));
  }

  async resume(params: IssueParams): Promise<Agent> {
    return this.withState(params.id, async (state) => {
      const pane = await this.deps.reader.surePane(state.id);
      const situation = await this.deps.reader.situation(state);
      if (pane.kind === 'alive') throw alreadyRunning(state.issueId, state.runtime, situation.verdict.status);
      const runtime = await this.deps.runtimes.get(state.runtime);
      if (!runtime.capabilities.resumes || state.sessionId === null) throw cannotResume(state.issueId, state.runtime);
      const neverCameUp = situation.history.activity.kind === 'startFailed' && !state.resumed;
      if (neverCameUp) throw neverStarted(state.issueId, state.runtime);
      await requireReady(runtime);
      const project = await this.deps.projects.ofIssue(state.issueId);
      const workspace = await this.deps.workspaces.get(state.issueId);
      if (workspace?.state !== 'ok') await this.deps.workspaces.create(state.issueId);
      const prompt = wasBusy(situation) ? carryOn : null;
      await this.deps.launcher.resume(state, runtime, { project, sessionId: state.sessionId, prompt });
      await this.moveIssue(state.issueId, 'in_progress');
      return this.announced(state.id, state.issueId);
    });
  }

  async why(params: IssueParams): Promise<Explanation> {
    return this.deps.reader.explain(await this.find(params.id));
  }

  async log(params: AgentLogParams): Promise<AgentLog> {
    const stored = await this.find(params.id);
    const alive = (await this.deps.reader.surePane(stored.id)).kind !== 'gone';
    return readLog(stored, alive, params.lines, { tmux: this.deps.tmux, paths: this.deps.paths });
  }

  async attachTarget(params: IssueParams): Promise<AttachTarget> {
    const stored = await this.find(params.id);
    if ((await this.deps.reader.surePane(stored.id)).kind !== 'alive')
      throw noRunningAgent(stored.issueId, stored.kind === 'ok' && stored.state.capabilities.resumes);
    return { kind: 'tmux', node: 'local', argv: this.deps.tmux.attachArgv(stored.id) };
  }

  private async resolveStart(
    params: AgentStartParams,
  ): Promise<{ issue: IssueDetails; project: Project; runtime: Runtime } & Pick<StartPlan, 'mode' | 'model'>> {
    const id = requireIssueId(params.id);
    const project = await this.deps.projects.ofIssue(id);
    const [issue, config, runtime] = await Promise.all([
      this.deps.issues.show({ id }),
      this.deps.config.read(),
      this.deps.runtimes.get(params.runtime),
    ]);
    const mode = params.mode ?? config.defaults.mode;
    return { issue, project, runtime, mode, model: params.model ?? config.defaults.model };
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

  private async requireLive(state: AgentState): Promise<AgentSituation> {
    const pane = await this.deps.reader.surePane(state.id);
    if (state.intent === 'running' && pane.kind === 'alive') return this.deps.reader.situation(state);
    throw noRunningAgent(state.issueId, state.capabilities.resumes);
  }

  private async killState(state: AgentState): Promise<void> {
    const { pane } = await this.deps.reader.situation(state);
    const isOver = pane.kind === 'gone' && state.intent !== 'running' && state.leader === null;
    if (isOver) throw noRunningAgent(state.issueId, state.capabilities.resumes);
    // Without git, or with a broken projects.json, an agent must still be killed; its outcome is then not known.
    const workspace = await this.deps.workspaces.get(state.issueId).catch(() => undefined);
    await this.deps.ender.finish(await this.deps.ender.intend(state, 'killed', describeOutcome(workspace), 'user'));
  }

  private async endUnreadable(id: string): Promise<void> {
    const { launchId } = await this.deps.events.history(id);
    if (launchId !== null) await this.deps.ender.end(id, null, launchId);
    else await this.deps.tmux.killSession(id);
  }

  private async finish(state: AgentState, by: 'user' | 'agent'): Promise<Agent> {
    const workspace = await this.deps.workspaces.get(state.issueId).catch(() => undefined);
    const intended = await this.deps.ender.intend(state, 'done', describeOutcome(workspace), by);
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

  /** What the agent does is true whether its issue's file can be written or not. */
  private async moveIssue(id: IssueId, state: IssueState): Promise<void> {
    try {
      await this.deps.issues.edit({ id, state });
    } catch (error) {
      this.deps.log.warn(`${id} was not moved to ${state}: ${messageOf(error)}`);
    }
  }

  /** Tells an issue without an agent from an id that means nothing. */
  private async require(id: string, issueId: IssueId): Promise<StoredAgent> {
    if (this.deps.store.has(id)) return this.deps.reader.require(id, issueId);
    const issue = await this.deps.issues.show({ id: issueId }).catch(() => undefined);
    if (issue !== undefined) throw noAgentYet(issueId);
    return this.deps.reader.require(id, issueId);
  }

  private async find(text: string): Promise<StoredAgent> {
    const issueId = requireIssueId(text);
    return this.require(agentIdOf(issueId), issueId);
  }

  private async withState<T>(text: string, task: (state: AgentState) => Promise<T>): Promise<T> {
    const issueId = requireIssueId(text);
    const id = agentIdOf(issueId);
    return this.deps.mutex.run(id, async () => {
      const stored = await this.require(id, issueId);
      if (stored.kind === 'unreadable') throw unreadableAgent(issueId, stored.reason);
      return task(stored.state);
    });
  }

  private async announced(id: string, issueId: IssueId): Promise<Agent> {
    const agent = await this.deps.reader.view(await this.deps.reader.require(id, issueId));
    this.deps.changes.fire({ scope: 'agents', ids: [id] });
    return agent;
  }
}

function messageTooLong(): UserError {
  return new UserError({
    code: 'messageTooLong',
    message: 'The message is longer than 1 MB.',
    hint: 'Put it into a file in the workspace and tell the agent to read that.',
  });
}

/** What a turn's end is told by; that the session ended, or was noticed by somebody, says nothing about its turn. */
function wasBusy({ state, history }: AgentSituation): boolean {
  const names = history.recent.flatMap((entry) =>
    entry.source === 'hook' && entry.launchId === state.launchId ? [entry.event.hook_event_name] : [],
  );
  const last = names.findLast((name) => name !== 'SessionEnd' && name !== 'Notification');
  return last !== undefined && !['Stop', 'StopFailure', 'SessionStart'].includes(last);
}
