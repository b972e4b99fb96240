import { agentIdOf } from '../protocol/issueId.ts';
import type { Overview } from '../protocol/models.ts';
import type { RunnerApi } from '../protocol/runnerApi.ts';
import { AgentEnder } from './agents/agentEnder.ts';
import { AgentLauncher } from './agents/agentLauncher.ts';
import { AgentReader } from './agents/agentReader.ts';
import { AgentService } from './agents/agentService.ts';
import { AgentStore } from './agents/agentStore.ts';
import { AgentSupervisor } from './agents/agentSupervisor.ts';
import { EventLog } from './agents/eventLog.ts';
import { Mailbox } from './agents/mailbox.ts';
import { Teller } from './agents/teller.ts';
import { Changes } from './changes.ts';
import { ConfigStore } from './config/configStore.ts';
import { Spool } from './events/spool.ts';
import { createExec } from './exec.ts';
import { KeyedMutex } from './files/keyedMutex.ts';
import { Git } from './git/git.ts';
import { HookQueue } from './hooks/hookQueue.ts';
import { HookService } from './hooks/hookService.ts';
import { IssueService } from './issues/issueService.ts';
import { requireIssueId } from './issues/requireIssueId.ts';
import type { RunnerPaths } from './paths.ts';
import { isAlive } from './platform/isAlive.ts';
import type { Platform, ProcessIdentity } from './platform/platform.ts';
import type { Clock, Log } from './ports.ts';
import { type EndTreeResult, type EndTreeTarget, endTree } from './processes/endTree.ts';
import { ProjectService } from './projects/projectService.ts';
import { RuntimeCatalog } from './runtimes/runtimeCatalog.ts';
import { createSpawnPiped } from './spawnPiped.ts';
import { PaneWatch } from './tmux/paneWatch.ts';
import { TmuxServer } from './tmux/tmuxServer.ts';
import { LocalTracker } from './trackers/local/localTracker.ts';
import { countWorkspaces } from './workspaces/countWorkspaces.ts';
import { createRepositoryLock } from './workspaces/repositoryLock.ts';
import { WorkspaceService } from './workspaces/workspaceService.ts';

export interface RunnerDeps {
  paths: RunnerPaths;
  /** Scrubbed: everything the runner starts gets it. */
  env: Readonly<Record<string, string>>;
  clock: Clock;
  log: Log;
  platform: Platform;
  /** This process. */
  self: ProcessIdentity;
  /** Private folder for tmux's socket; its path is short enough for one. */
  tmuxSocket: string;
  /** The Node that runs us and the rehearsal, and dist/rehearsal.js. */
  node: string;
  rehearsalProgram: string;
}

/** The runner, with what only the daemon that hosts it may do. */
export interface Runner extends RunnerApi {
  agents: RunnerApi['agents'] & Pick<AgentService, 'doneFromInside'>;
  changes: Changes;
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
  const mutex = new KeyedMutex();
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
  const runtimes = new RuntimeCatalog({
    config,
    env,
    node: deps.node,
    rehearsalProgram: deps.rehearsalProgram,
    rehearsalFolder: paths.rehearsalFolder,
  });
  const reader = new AgentReader({ store, events, panes, hooks: hookQueue, clock });

  const git = new Git({ env, clock });
  const projects = new ProjectService({
    paths,
    git,
    clock,
    mutex: new KeyedMutex(),
    changes,
    agents: { liveIn: (project) => liveIn(reader, project) },
  });
  const issues = new IssueService({
    projects,
    trackers: new Map([['local', new LocalTracker({ clock, log, mutex: new KeyedMutex() })]]),
    changes,
    log,
  });
  const workspaces = new WorkspaceService({
    git,
    projects,
    lock: createRepositoryLock({
      self: deps.self,
      startTimeOf: (pid) => platform.startTimeOf(pid),
      clock,
    }),
    agents: {
      liveAgentOf: (issueId) => (reader.mayLive(agentIdOf(issueId)) ? agentIdOf(issueId) : null),
      agentIdOf: (issueId) => (store.has(agentIdOf(issueId)) ? agentIdOf(issueId) : null),
    },
    clock,
    changes,
  });

  const spool = new Spool({ folder: paths.spoolFolder, log, clock });
  const mailbox = new Mailbox({ paths, clock, log });
  const endTreeOf = (target: EndTreeTarget): Promise<EndTreeResult> => endTree(target, { platform, clock });
  const launcher = new AgentLauncher({ paths, env, clock, platform, store, events, tmux, panes, endTree: endTreeOf });
  const ender = new AgentEnder({
    paths,
    clock,
    log,
    store,
    events,
    tmux,
    panes,
    endTree: endTreeOf,
  });
  const teller = new Teller({
    clock,
    log,
    events,
    reader,
    mailbox,
    tmux,
    drainSpool: () => spool.drain(),
    deliverSoon: (id) => supervisor.deliverSoon(id),
  });
  const supervisor = new AgentSupervisor({
    paths,
    clock,
    log,
    changes,
    mutex,
    store,
    events,
    reader,
    ender,
    teller,
    mailbox,
    panes,
    platform,
    workspaces,
  });
  const agents = new AgentService({
    paths,
    clock,
    log,
    changes,
    mutex,
    config,
    projects,
    issues,
    workspaces,
    hooks: hookQueue,
    runtimes,
    tmux,
    store,
    events,
    reader,
    launcher,
    ender,
    teller,
  });

  return {
    projects,
    issues,
    workspaces: {
      async create(params) {
        const { id } = await issues.show({ id: requireIssueId(params.id) });
        return workspaces.create(id);
      },
      list: (params) => workspaces.list(params),
      async destroy(params) {
        const issueId = requireIssueId(params.id);
        if (store.has(agentIdOf(issueId))) await reader.surePane(agentIdOf(issueId));
        return workspaces.destroy({ issueId, force: params.force ?? false });
      },
    },
    agents,
    hooks: new HookService({ queue: hookQueue, issues, changes }),
    overview: () => overview(reader, projects),
    changes,
    async start() {
      await panes.start();
      await supervisor.reconcile();
      await spool.start(supervisor);
      supervisor.deliverWaiting();
    },
    async stop() {
      spool.stop();
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

async function overview(reader: AgentReader, projects: ProjectService): Promise<Overview> {
  const [agents, known] = await Promise.all([reader.list(), projects.list()]);
  return { agents, projects: known.length, workspaces: await countWorkspaces(known) };
}

async function agentAround(pid: number, platform: Platform, store: AgentStore): Promise<string | undefined> {
  const around = new Set([pid, ...(await platform.ancestorsOf(pid))]);
  const launchId = await platform.variableOf(pid, 'PAN_LAUNCH_ID');
  for (const agent of await store.list()) {
    if (agent.kind !== 'ok') continue;
    // It may have left the process tree; it still has the mark of its launch.
    if (agent.state.launchId === launchId) return agent.id;
    const { leader } = agent.state;
    if (leader === null || !around.has(leader.pid)) continue;
    // The pid of a leader that has ended may be that of a person's shell now.
    if (await isAlive(leader, platform)) return agent.id;
  }
  return undefined;
}
