import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ulid } from 'ulid';
import type { PermissionMode } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import { agentIdOf } from '../../protocol/issueId.ts';
import type { HookItem, IssueDetails, Project, StartPlan, Workspace } from '../../protocol/models.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Clock } from '../ports.ts';
import type { EndTreeResult, EndTreeTarget } from '../processes/endTree.ts';
import type { LaunchRequest, Runtime } from '../runtimes/runtime.ts';
import { oneLine } from '../text/sanitize.ts';
import { launchScript } from '../tmux/launchScript.ts';
import type { PaneWatch } from '../tmux/paneWatch.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import { type AgentState, stateSchemaVersion } from './agentState.ts';
import type { AgentStore } from './agentStore.ts';
import type { EventLog } from './eventLog.ts';
import { firstPrompt } from './firstPrompt.ts';

export interface AgentLauncherDeps {
  paths: RunnerPaths;
  /** The runner's scrubbed environment; agents get it with PAN_* added. */
  env: Readonly<Record<string, string>>;
  clock: Clock;
  platform: Platform;
  store: AgentStore;
  events: EventLog;
  tmux: TmuxServer;
  panes: PaneWatch;
  endTree(target: EndTreeTarget): Promise<EndTreeResult>;
}

export interface NewAgent {
  issue: IssueDetails;
  project: Project;
  workspace: Workspace;
  hook: HookItem[];
  runtime: Runtime;
  model: string | null;
  mode: PermissionMode;
  /** The fence of the last start, 0 for a first one. */
  lastFence: number;
}

/** Puts an agent's program into its terminal. What is intended is on disk before anything starts. */
export class AgentLauncher {
  private readonly deps: AgentLauncherDeps;

  constructor(deps: AgentLauncherDeps) {
    this.deps = deps;
  }

  plan(
    agent: Omit<NewAgent, 'workspace' | 'lastFence'> & {
      workspace: Pick<Workspace, 'path' | 'branch'>;
      exists: boolean;
    },
  ): StartPlan {
    const prompt = promptOf(agent);
    const request = { ...this.request(agent, prompt), sessionId: '<new session id>', resume: false };
    return {
      issueId: agent.issue.id,
      project: agent.project.name,
      workspace: agent.workspace.path,
      branch: agent.workspace.branch,
      createsWorkspace: !agent.exists,
      runtime: agent.runtime.name,
      model: agent.model,
      mode: agent.mode,
      argv: [...agent.runtime.launch(request).argv],
      prompt,
    };
  }

  /** Starts a new conversation. */
  async start(agent: NewAgent): Promise<AgentState> {
    const prompt = promptOf(agent);
    const sessionId = randomUUID();
    const now = this.deps.clock.now();
    const state: AgentState = {
      schema: stateSchemaVersion,
      id: agentIdOf(agent.issue.id),
      issueId: agent.issue.id,
      title: agent.issue.title,
      project: agent.project.name,
      node: 'local',
      runtime: agent.runtime.name,
      model: agent.model,
      mode: agent.mode,
      intent: 'running',
      intentAt: now.toISOString(),
      outcome: null,
      workspace: agent.workspace.path,
      branch: agent.workspace.branch,
      sessionId: agent.runtime.capabilities.resumes ? sessionId : null,
      fence: agent.lastFence + 1,
      launchId: ulid(now.getTime()),
      startedAt: now.toISOString(),
      leader: null,
      resumed: false,
      capabilities: agent.runtime.capabilities,
    };
    await writeAtomic(this.deps.paths.agent(state.id).prompt, prompt);
    return this.launch(state, agent.runtime, { ...this.request(agent, prompt), sessionId, resume: false });
  }

  /** Continues the recorded conversation under a new launch. */
  async resume(
    before: AgentState,
    sessionId: string,
    project: Project,
    runtime: Runtime,
    prompt: string | null,
  ): Promise<AgentState> {
    const now = this.deps.clock.now();
    const state: AgentState = {
      ...before,
      intent: 'running',
      intentAt: now.toISOString(),
      outcome: null,
      fence: before.fence + 1,
      launchId: ulid(now.getTime()),
      startedAt: now.toISOString(),
      leader: null,
      resumed: true,
      capabilities: runtime.capabilities,
    };
    return this.launch(state, runtime, {
      agentId: state.id,
      issueId: state.issueId,
      workspace: state.workspace,
      projectPath: project.path,
      prompt,
      promptFile: this.deps.paths.agent(state.id).prompt,
      sessionId,
      resume: true,
      model: state.model,
      mode: state.mode,
    });
  }

  private request(
    agent: {
      issue: IssueDetails;
      project: Project;
      workspace: Pick<Workspace, 'path'>;
      model: string | null;
      mode: PermissionMode;
    },
    prompt: string,
  ): Omit<LaunchRequest, 'sessionId' | 'resume'> {
    const id = agentIdOf(agent.issue.id);
    return {
      agentId: id,
      issueId: agent.issue.id,
      workspace: agent.workspace.path,
      projectPath: agent.project.path,
      prompt,
      promptFile: this.deps.paths.agent(id).prompt,
      model: agent.model,
      mode: agent.mode,
    };
  }

  private async launch(state: AgentState, runtime: Runtime, request: LaunchRequest): Promise<AgentState> {
    const { paths, store, events, tmux, panes, platform, clock } = this.deps;
    const files = paths.agent(state.id);
    await events.rotate(state.id);
    await makeFolder(files.mail);
    await store.save(state);
    try {
      const command = runtime.launch(request);
      const script = launchScript({
        cwd: state.workspace,
        env: { ...command.env, ...this.agentEnvironment(state, request.projectPath, command.env) },
        argv: command.argv,
        exitFile: path.join(files.folder, 'exit.json'),
        launchId: state.launchId,
      });
      await writeAtomic(files.launchScript, script);
      if (mayHaveSession(panes, state.id)) await tmux.killSession(state.id);
      const { panePid } = await tmux.startSession({
        name: state.id,
        cwd: state.workspace,
        scriptPath: files.launchScript,
        statusTitle: statusTitle(state, runtime),
      });
      const startTime = await platform.startTimeOf(panePid);
      const started = { ...state, leader: startTime === undefined ? null : { pid: panePid, startTime } };
      await store.save(started);
      await events.append(state.id, launched(started, clock));
      await panes.ensureStarted();
      return started;
    } catch (error) {
      await this.undoLaunch(state, error);
      throw error;
    }
  }

  /** Nothing may go on running of a start that failed, and the failure must show even where it cannot be written. */
  private async undoLaunch(state: AgentState, error: unknown): Promise<void> {
    const { tmux, events, endTree } = this.deps;
    await endTree({ leader: undefined, launchId: state.launchId }).catch(() => undefined);
    await tmux.killSession(state.id).catch(() => undefined);
    for (const event of this.failureEvents(state, error)) {
      await events.append(state.id, event).catch(() => events.remember(state.id, event));
    }
  }

  /** These win over a runtime's own variables: without them hooks reach nobody. */
  private agentEnvironment(
    state: AgentState,
    projectPath: string,
    own: Readonly<Record<string, string>>,
  ): Record<string, string> {
    const { paths, env } = this.deps;
    return {
      PANOPTICON_HOME: paths.home,
      PAN_AGENT_ID: state.id,
      PAN_ISSUE_ID: state.issueId,
      PAN_WORKSPACE: state.workspace,
      PAN_PROJECT: projectPath,
      PAN_LAUNCH_ID: state.launchId,
      PAN_SPOOL: paths.spoolFolder,
      // For a daemon that the agent's own `pan` may have to start.
      PAN_VARIABLES: Object.keys(own).join(' '),
      PAN_PATH: env['PATH'] ?? '',
      PATH: [paths.binFolder, own['PATH'] ?? env['PATH'] ?? ''].filter((part) => part !== '').join(path.delimiter),
    };
  }

  private failureEvents(state: AgentState, error: unknown): AgentEvent[] {
    const message = oneLine(error instanceof Error ? error.message : String(error), 300);
    const launch = launched(state, this.deps.clock);
    return [launch, { ...launch, event: { type: 'startFailed', message } }];
  }
}

function launched(state: AgentState, clock: Clock): AgentEvent & { source: 'runner' } {
  return {
    source: 'runner',
    at: clock.now().toISOString(),
    launchId: state.launchId,
    event: { type: 'launched', fence: state.fence, sessionId: state.sessionId, resumed: state.resumed },
  };
}

function promptOf(agent: {
  issue: IssueDetails;
  project: Project;
  workspace: Pick<Workspace, 'path' | 'branch'>;
  hook: HookItem[];
}): string {
  return firstPrompt({
    issue: agent.issue,
    project: agent.project,
    workspace: agent.workspace.path,
    branch: agent.workspace.branch,
    hook: agent.hook,
  });
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

/** @throws UserError when the runtime cannot be launched now. */
export async function requireReady(runtime: Runtime): Promise<void> {
  const readiness = await runtime.readiness();
  if (!readiness.ready)
    throw new UserError({ code: 'runtimeNotReady', message: readiness.message, hint: readiness.hint });
}
