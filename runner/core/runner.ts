import { agentIdOf } from '../protocol/issueId.ts';
import type { Overview } from '../protocol/models.ts';
import type { RunnerApi } from '../protocol/runnerApi.ts';
import { agentAround } from './agents/agentAround.ts';
import { AgentReader } from './agents/agentReader.ts';
import type { AgentService } from './agents/agentService.ts';
import { AgentSigns } from './agents/agentSigns.ts';
import { AgentStore } from './agents/agentStore.ts';
import { agentLookup, createAgents } from './agents/createAgents.ts';
import { EventLog } from './agents/eventLog.ts';
import type { HookTokens } from './agents/hookTokens.ts';
import { StartsUnderway } from './agents/startsUnderway.ts';
import type { AttentionService } from './attention/attentionService.ts';
import { createAttention } from './attention/createAttention.ts';
import { Changes } from './changes.ts';
import { ConfigStore } from './config/configStore.ts';
import { runDoctor } from './doctor/runDoctor.ts';
import type { AgentEvent } from './events/agentEvent.ts';
import { createExec } from './exec.ts';
import { KeyedMutex } from './files/keyedMutex.ts';
import { Git } from './git/git.ts';
import { HookQueue } from './hooks/hookQueue.ts';
import { HookService } from './hooks/hookService.ts';
import { createIssues } from './issues/createIssues.ts';
import { requireIssueId } from './issues/requireIssueId.ts';
import { askLoginShell } from './loginEnvironment/askLoginShell.ts';
import { LoginEnvironment } from './loginEnvironment/loginEnvironment.ts';
import type { RunnerPaths } from './paths.ts';
import type { Platform, ProcessIdentity } from './platform/platform.ts';
import type { Clock, Log } from './ports.ts';
import { ProjectService } from './projects/projectService.ts';
import { createOpenRequests, createRequests } from './requests/createRequests.ts';
import type { RequestService } from './requests/requestService.ts';
import { RuntimeCatalog } from './runtimes/runtimeCatalog.ts';
import { behaviourOf, runtimeDefinitions } from './runtimes/runtimeDefinitions.ts';
import { createSpawnPiped } from './spawnPiped.ts';
import { PaneWatch } from './tmux/paneWatch.ts';
import { TmuxServer } from './tmux/tmuxServer.ts';
import { createTranscripts } from './transcripts/createTranscripts.ts';
import type { CostService } from './usage/costService.ts';
import { countWorkspaces } from './workspaces/countWorkspaces.ts';
import { createRepositoryLock } from './workspaces/repositoryLock.ts';
import { WorkspaceNotices } from './workspaces/workspaceNotices.ts';
import { WorkspaceService } from './workspaces/workspaceService.ts';
import { workspacesApi } from './workspaces/workspacesApi.ts';

export interface RunnerDeps {
  paths: RunnerPaths;
  /** Scrubbed: everything the runner starts gets it. */
  env: Readonly<Record<string, string>>;
  clock: Clock;
  log: Log;
  platform: Platform;
  /** Absolute: the home folder, and the login shell. */
  user: { home: string; shell: string };
  /** This process. */
  self: ProcessIdentity;
  /** Private folder for tmux's socket; its path is short enough for one. */
  tmuxSocket: string;
  /** The Node that runs us and the rehearsal, and dist/rehearsal.js. */
  node: string;
  rehearsalProgram: string;
  /** Where agents' hooks post frequent events, or null while nothing listens. */
  hookUrl(): string | null;
}

/** The runner, with what only the daemon that hosts it may do. */
export interface Runner extends Omit<RunnerApi, 'requests' | 'attention'> {
  agents: RunnerApi['agents'] & Pick<AgentService, 'doneFromInside'>;
  requests: Pick<RequestService, 'list' | 'answer'>;
  attention: Pick<AttentionService, 'window' | 'closed' | 'muting' | 'mute'>;
  /** What posts of agents' hooks are known by. */
  hookTokens: Pick<HookTokens, 'matches'>;
  /** Takes an event that a hook posted, behind those that hooks left before it. */
  takeHookEvent(agentId: string, event: AgentEvent): Promise<void>;
  changes: Changes;
  /** How many are connected: what only they want to hear of is watched while there are any. */
  clientsChanged(count: number): void;
  /** Takes up what happened while no daemon ran, and begins to watch. */
  start(): Promise<void>;
  /** Stops watching. Agents go on. */
  stop(): Promise<void>;
  hasLiveAgents(): Promise<boolean>;
  /** Ends the tmux server when nothing but the runner's own session is left on it. */
  endIdleTmux(): Promise<void>;
  /** The agent in whose process tree `pid` is, if any. */
  agentAround(pid: number): Promise<string | undefined>;
}

/** Wires the runner. Nothing happens before `start`. */
export function createRunner(deps: RunnerDeps): Runner {
  const { paths, env, clock, log, platform } = deps;
  const exec = createExec(env);
  const changes = new Changes();
  const config = new ConfigStore({ file: paths.configFile, log });
  const tmux = new TmuxServer({
    exec,
    env,
    socket: deps.tmuxSocket,
    configFile: `${paths.runFolder}/tmux.conf`,
    spoolFolder: paths.spoolFolder,
    log,
  });
  const panes = new PaneWatch({ server: tmux, spawnPiped: createSpawnPiped(env), clock, log });
  const store = new AgentStore({ paths, clock, log });
  const events = new EventLog({ paths });
  const hookQueue = new HookQueue({ paths, clock, mutex: new KeyedMutex() });
  const environment = new LoginEnvironment({
    env,
    ask: askLoginShell,
    clock,
    log,
    config,
    userShell: deps.user.shell,
    home: deps.user.home,
    node: deps.node,
  });
  const runtimes = new RuntimeCatalog({
    config,
    environment,
    definitions: runtimeDefinitions,
    clock,
    log,
    self: deps.self,
    startTimeOf: (pid) => platform.startTimeOf(pid),
    node: deps.node,
    rehearsalProgram: deps.rehearsalProgram,
    rehearsalFolder: paths.rehearsalFolder,
  });
  const signs = new AgentSigns({
    store,
    panes,
    changes,
    clock,
    log,
    envOf: (runtime) => runtimes.environmentOf(runtime),
    behaviourOf,
    onSign: (agentId) => supervisor.onSign(agentId),
  });
  const open = createOpenRequests({ platform, clock });
  const underway = new StartsUnderway({ changes, clock });
  const reader = new AgentReader({
    store,
    events,
    panes,
    signs,
    behaviourOf,
    hooks: hookQueue,
    asks: open,
    underway,
    clock,
  });

  const git = new Git({ env, clock });
  const projects = new ProjectService({
    paths,
    git,
    clock,
    mutex: new KeyedMutex(),
    changes,
    agents: { liveIn: (project) => liveIn(reader, project) },
  });
  const { service: issues, watch: issueWatch } = createIssues({ projects, changes, clock, log });
  const workspaces = new WorkspaceService({
    git,
    projects,
    lock: createRepositoryLock({
      self: deps.self,
      startTimeOf: (pid) => platform.startTimeOf(pid),
      clock,
    }),
    agents: agentLookup(store, reader),
    clock,
    changes,
  });

  const transcripts = createTranscripts({
    paths,
    envOf: (runtime) => runtimes.environmentOf(runtime),
    clock,
    log,
    changes,
    store,
    reader,
    signs,
    behaviourOf,
    onPrompt: (agentId, text) => runningAgents.teller.noticeTranscript(agentId, text),
  });
  const workspaceNotices = new WorkspaceNotices({ changes, clock });
  const runningAgents = createAgents({
    paths,
    env,
    clock,
    log,
    platform,
    changes,
    config,
    environment,
    hookUrl: deps.hookUrl,
    tmux,
    panes,
    store,
    events,
    signs,
    reader,
    underway,
    hooks: hookQueue,
    runtimes,
    projects,
    issues,
    workspaces,
    listeners: [transcripts.agents, workspaceNotices],
  });
  const { service, talk, views, supervisor, spool, screens } = runningAgents;
  const requests = createRequests({
    paths,
    clock,
    log,
    platform,
    changes,
    store,
    events,
    reader,
    panes,
    open,
    agents: runningAgents,
  });
  const attention = createAttention({
    paths,
    clock,
    log,
    exec,
    platform: process.platform,
    changes,
    agents: service,
    requests: requests.service,
    workspaces,
  });
  let markStarted: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    markStarted = resolve;
  });

  return {
    projects,
    issues,
    workspaces: workspacesApi({
      workspaces,
      issues,
      async lookForAgent(issueId) {
        if (store.has(agentIdOf(issueId))) await reader.surePane(agentIdOf(issueId));
      },
      holdAgent: (issueId, task) => runningAgents.mutex.run(agentIdOf(issueId), task),
    }),
    agents: {
      list: (params) => service.list(params),
      plan: (params) => service.plan(params),
      start: (params, onProgress, signal) => service.start(params, onProgress, signal),
      kill: (params) => service.kill(params),
      resume: (params) => service.resume(params),
      done: async (params) =>
        attention.finishedByPerson(agentIdOf(requireIssueId(params.id)), () => service.done(params)),
      doneFromInside: (params) => service.doneFromInside(params),
      tell: (params) => talk.tell(params),
      tellPreview: (params) => talk.tellPreview(params),
      mail: (params) => talk.mail(params),
      dropMail: (params) => talk.dropMail(params),
      why: (params) => views.why(params),
      log: (params) => views.log(params),
      transcript: async (params) => transcripts.service.ofAgent(await runningAgents.access.find(params.id), params),
      findInTranscript: async (params) =>
        transcripts.service.findInAgent(await runningAgents.access.find(params.id), params),
      attachTarget: (params) => views.attachTarget(params),
    },
    requests: requests.service,
    attention,
    costs: transcripts.costs,
    hookTokens: runningAgents.tokens,
    async takeHookEvent(agentId, event) {
      await started;
      await spool.drain();
      await supervisor.onEvent(agentId, event);
    },
    runtimes: { list: (params) => runningAgents.starts.choices(params) },
    hooks: new HookService({ queue: hookQueue, issues, changes, mayLive: (id) => reader.mayLive(id) }),
    doctor: () =>
      runDoctor({
        exec,
        env,
        paths,
        config,
        tools: () => runtimes.known(),
        userHome: deps.user.home,
        nodeVersion: process.versions.node,
        platform: process.platform,
      }),
    overview: () => overview(reader, projects, transcripts.costs),
    changes,
    clientsChanged: (count) => issueWatch.clientsChanged(count),
    async start() {
      environment.refreshSoon();
      await panes.start();
      await supervisor.reconcile();
      await attention.start();
      await requests.release.start();
      await spool.start(supervisor);
      await supervisor.followHandedWork();
      markStarted();
      supervisor.deliverWaiting();
      transcripts.agents.start();
    },
    async stop() {
      attention.stop();
      spool.stop();
      await transcripts.agents.stop();
      requests.release.stop();
      issueWatch.stop();
      workspaceNotices.stop();
      signs.stop();
      screens.stop();
      await panes.stop();
    },
    hasLiveAgents: async () => (await store.list()).some((agent) => reader.mayLive(agent.id)),
    async endIdleTmux() {
      const left = await tmux.listPanes();
      // The session of the control client is in no list.
      if (left.length === 0) await tmux.killServer();
    },
    agentAround: (pid) => agentAround(pid, platform, store),
  };
}

async function liveIn(reader: AgentReader, project: string): Promise<string[]> {
  return (await reader.list())
    .filter((agent) => agent.project === project && reader.mayLive(agent.id))
    .map((agent) => agent.issueId);
}

async function overview(reader: AgentReader, projects: ProjectService, costs: CostService): Promise<Overview> {
  const [agents, known, usage] = await Promise.all([reader.list(), projects.list(), costs.today()]);
  return { agents, projects: known.length, workspaces: await countWorkspaces(known), usage };
}
