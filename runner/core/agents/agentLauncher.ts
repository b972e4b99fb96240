import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ulid } from 'ulid';
import type { PermissionMode } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import { agentIdOf } from '../../protocol/issueId.ts';
import type { HookItem, IssueDetails, Project, StartPlan, Workspace } from '../../protocol/models.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Clock } from '../ports.ts';
import type { EndTreeResult, EndTreeTarget } from '../processes/endTree.ts';
import type { LaunchPlace, LaunchRequest, Runtime } from '../runtimes/runtime.ts';
import { messageOf } from '../text/messageOf.ts';
import { oneLine } from '../text/sanitize.ts';
import { launchScript } from '../tmux/launchScript.ts';
import type { PaneWatch } from '../tmux/paneWatch.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import { type AgentState, stateSchemaVersion } from './agentState.ts';
import type { AgentStore } from './agentStore.ts';
import type { EventLog } from './eventLog.ts';
import { firstPrompt } from './firstPrompt.ts';
import type { HookHandover } from './hookHandover.ts';
import { launchedEvent, runnerEvent } from './runnerEvents.ts';

export interface AgentLauncherDeps {
  paths: RunnerPaths;
  /** The runner's own scrubbed environment. */
  env: Readonly<Record<string, string>>;
  /** The user's environment as a login shell has it; agents get it with PAN_* added. */
  environment: { get(): Promise<Readonly<Record<string, string>>> };
  hookTokens: { create(agentId: string, launchId: string): Promise<string> };
  /** Where frequent events are posted, or null where nothing listens. */
  hookUrl(): string | null;
  clock: Clock;
  platform: Platform;
  store: AgentStore;
  events: EventLog;
  tmux: TmuxServer;
  panes: PaneWatch;
  endTree(target: EndTreeTarget): Promise<EndTreeResult>;
  handover: Pick<HookHandover, 'promise' | 'release'>;
  /** Called when a launch is under way. */
  onLaunched(state: AgentState): Promise<void>;
}

/** What an agent will be; its workspace need not exist yet. */
interface PlannedAgent {
  issue: IssueDetails;
  project: Project;
  workspace: Pick<Workspace, 'path' | 'branch'>;
  runtime: Runtime;
  model: string | null;
  mode: PermissionMode;
}

export interface NewAgent extends PlannedAgent {
  /** The fence of the last start, 0 for a first one. */
  lastFence: number;
}

/** What a launch is about: a new conversation's first prompt, or what an earlier one goes on with. */
export interface Conversation {
  project: Project;
  sessionId: string;
  prompt: string | null;
}

/** What a launch's environment is made of: the runtime's own variables, the user's, and what its hooks are known by. */
interface Given {
  own: Readonly<Record<string, string>>;
  inherited: Readonly<Record<string, string>>;
  token: string;
}

/** Puts an agent's program into its terminal. What is intended is on disk before anything starts. */
export class AgentLauncher {
  private readonly deps: AgentLauncherDeps;

  constructor(deps: AgentLauncherDeps) {
    this.deps = deps;
  }

  plan(agent: PlannedAgent & { hook: HookItem[]; exists: boolean; needsYes: boolean }): StartPlan {
    const state = this.newState(agent, 0, '<new session id>');
    const prompt = promptOf(agent, agent.hook);
    const request = this.request(state, { project: agent.project, sessionId: '<new session id>', prompt });
    return {
      issueId: state.issueId,
      project: state.project,
      workspace: state.workspace,
      branch: state.branch,
      createsWorkspace: !agent.exists,
      runtime: state.runtime,
      model: state.model,
      mode: state.mode,
      needsYes: agent.needsYes,
      argv: [...agent.runtime.launch(request).argv],
      prompt,
    };
  }

  /** Starts a new conversation with everything that is on the hook. @throws as `HookQueue.promise` */
  async start(agent: NewAgent): Promise<AgentState> {
    const sessionId = randomUUID();
    const state = this.newState(agent, agent.lastFence, sessionId);
    const hook = await this.deps.handover.promise(state.id, state.launchId);
    try {
      const prompt = promptOf(agent, hook);
      await writeAtomic(this.deps.paths.agent(state.id).prompt, prompt);
      return await this.launch(state, agent.runtime, { project: agent.project, sessionId, prompt });
    } catch (error) {
      await this.deps.handover.release(state.id);
      throw error;
    }
  }

  /** Continues the recorded conversation under a new launch. */
  async resume(before: AgentState, runtime: Runtime, conversation: Conversation): Promise<AgentState> {
    return this.launch({ ...before, ...this.newLaunch(before.fence, runtime), resumed: true }, runtime, conversation);
  }

  private newState(agent: PlannedAgent, lastFence: number, sessionId: string): AgentState {
    return {
      schema: stateSchemaVersion,
      id: agentIdOf(agent.issue.id),
      issueId: agent.issue.id,
      title: agent.issue.title,
      project: agent.project.name,
      node: 'local',
      runtime: agent.runtime.name,
      model: agent.model,
      mode: agent.mode,
      workspace: agent.workspace.path,
      branch: agent.workspace.branch,
      sessionId: agent.runtime.capabilities.takesSessionId ? sessionId : null,
      transcript: null,
      resumed: false,
      ...this.newLaunch(lastFence, agent.runtime),
    };
  }

  /** What is new at every start. */
  private newLaunch(lastFence: number, { capabilities }: Runtime) {
    const now = this.deps.clock.now();
    return {
      intent: 'running',
      intentAt: now.toISOString(),
      outcome: null,
      fence: lastFence + 1,
      launchId: ulid(now.getTime()),
      startedAt: now.toISOString(),
      leader: null,
      capabilities,
    } as const;
  }

  private request(state: AgentState, { project, sessionId, prompt }: Conversation): LaunchRequest {
    return {
      agentId: state.id,
      issueId: state.issueId,
      workspace: state.workspace,
      projectPath: project.path,
      agentFolder: this.deps.paths.agent(state.id).folder,
      prompt,
      promptFile: this.deps.paths.agent(state.id).prompt,
      sessionId,
      resume: state.resumed,
      model: state.model,
      mode: state.mode,
      hooks: { panCommand: this.deps.paths.panCommand, url: this.deps.hookUrl() },
    };
  }

  private async launch(state: AgentState, runtime: Runtime, conversation: Conversation): Promise<AgentState> {
    const { paths, store, events, tmux, panes, platform, clock } = this.deps;
    const files = paths.agent(state.id);
    await this.endEarlier(state.id);
    await Promise.all([events.rotate(state.id), makeFolder(files.mail), makeFolder(files.answers)]);
    await store.save(state);
    try {
      const request = this.request(state, conversation);
      const [token, inherited] = await Promise.all([
        this.deps.hookTokens.create(state.id, state.launchId),
        this.deps.environment.get(),
        runtime.prepare?.(request),
      ]);
      const command = runtime.launch(request);
      const script = launchScript({
        cwd: state.workspace,
        env: {
          ...inherited,
          ...command.env,
          ...this.agentEnvironment(state, conversation.project.path, { own: command.env, inherited, token }),
        },
        isWholeEnv: true,
        argv: command.argv,
        exitFile: path.join(files.folder, 'exit.json'),
        launchId: state.launchId,
      });
      await writeAtomic(files.launchScript, script);
      panes.expect(state.id);
      if (mayHaveSession(panes, state.id)) await tmux.killSession(state.id);
      const { panePid } = await tmux.startSession({
        name: state.id,
        cwd: state.workspace,
        scriptPath: files.launchScript,
        statusTitle: statusTitle(state, runtime),
      });
      const startTime = await platform.startTimeOf(panePid);
      const leader = startTime === undefined ? null : { pid: panePid, startTime };
      // It may have reported already which conversation it has.
      const started = (await store.update(state.id, (now) => ({ ...now, leader }))) ?? { ...state, leader };
      await events.append(state.id, launchedEvent(started, clock.now().toISOString(), conversation.prompt === null));
      await panes.ensureStarted(state.id);
      await this.deps.onLaunched(started);
      return started;
    } catch (error) {
      await this.undoLaunch(state, error);
      throw error;
    }
  }

  /** What an earlier launch left running: its program may have died without its servers. */
  private async endEarlier(id: string): Promise<void> {
    const stored = await this.deps.store.get(id);
    if (stored?.kind !== 'ok') return;
    const { leader, launchId } = stored.state;
    await this.deps.endTree({ leader: leader ?? undefined, launchId });
  }

  /** Nothing may go on running of a start that failed, and the failure must show even where it cannot be written. */
  private async undoLaunch(state: AgentState, error: unknown): Promise<void> {
    const { clock, tmux, events, endTree, panes } = this.deps;
    await endTree({ leader: undefined, launchId: state.launchId }).catch(() => undefined);
    await tmux.killSession(state.id).catch(() => undefined);
    const at = clock.now().toISOString();
    const message = oneLine(messageOf(error), 300);
    try {
      for (const event of [launchedEvent(state, at), runnerEvent(state, at, { type: 'startFailed', message })]) {
        await events.append(state.id, event).catch(() => events.remember(state.id, event));
      }
    } finally {
      panes.unexpect(state.id);
    }
  }

  /** These win over a runtime's own variables: without them hooks reach nobody. */
  private agentEnvironment(
    state: AgentState,
    projectPath: string,
    { own, inherited, token }: Given,
  ): Record<string, string> {
    const { paths, env } = this.deps;
    const searchPath = own['PATH'] ?? inherited['PATH'] ?? env['PATH'] ?? '';
    return {
      PANOPTICON_HOME: paths.home,
      PAN_AGENT_ID: state.id,
      PAN_ISSUE_ID: state.issueId,
      PAN_WORKSPACE: state.workspace,
      PAN_PROJECT: projectPath,
      PAN_LAUNCH_ID: state.launchId,
      PAN_SPOOL: paths.spoolFolder,
      PAN_ANSWERS: paths.agent(state.id).answers,
      PAN_HOOK_TOKEN: token,
      // For a daemon that the agent's own `pan` may have to start.
      PAN_VARIABLES: Object.keys(own).join(' '),
      PAN_PATH: env['PATH'] ?? '',
      PATH: [paths.binFolder, searchPath].filter((part) => part !== '').join(path.delimiter),
    };
  }
}

function promptOf({ issue, project, workspace }: PlannedAgent, hook: HookItem[]): string {
  return firstPrompt({ issue, project, workspace: workspace.path, branch: workspace.branch, hook });
}

function statusTitle(state: AgentState, runtime: Runtime): string {
  const label = runtime.capabilities.isRehearsal ? `${runtime.name}: no model runs` : runtime.name;
  return `${state.issueId} ${oneLine(state.title, 80)} (${label})`;
}

/** A session that ended may still be there for its screen. Asking what is known saves a process at every start. */
function mayHaveSession(panes: PaneWatch, id: string): boolean {
  const snapshot = panes.snapshot();
  return snapshot.kind === 'failed' || (snapshot.kind === 'ok' && snapshot.panes.has(id));
}

/** @throws UserError when the runtime cannot be launched there now. */
export async function requireReady(runtime: Runtime, place: LaunchPlace): Promise<void> {
  const readiness = await runtime.readiness(place);
  if (!readiness.ready)
    throw new UserError({ code: 'runtimeNotReady', message: readiness.message, hint: readiness.hint });
}
