import { agentIdOf } from '../../protocol/issueId.ts';
import type { Workspace } from '../../protocol/models.ts';
import type { Cancellation, RunnerApi } from '../../protocol/runnerApi.ts';
import type { Changes } from '../changes.ts';
import type { ConfigStore } from '../config/configStore.ts';
import { Spool } from '../events/spool.ts';
import { KeyedMutex } from '../files/keyedMutex.ts';
import type { HookQueue } from '../hooks/hookQueue.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Clock, Log } from '../ports.ts';
import { type EndTreeResult, type EndTreeTarget, endTree } from '../processes/endTree.ts';
import type { StoredProject } from '../projects/projectStore.ts';
import type { RuntimeCatalog } from '../runtimes/runtimeCatalog.ts';
import { behaviourOf } from '../runtimes/runtimeDefinitions.ts';
import type { PaneWatch } from '../tmux/paneWatch.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import { Typist } from '../tmux/typist.ts';
import { AgentAccess } from './agentAccess.ts';
import { AgentEnder } from './agentEnder.ts';
import { AgentLauncher } from './agentLauncher.ts';
import type { AgentReader } from './agentReader.ts';
import { AgentService } from './agentService.ts';
import type { AgentSigns } from './agentSigns.ts';
import type { AgentStore } from './agentStore.ts';
import { type AgentListener, AgentSupervisor } from './agentSupervisor.ts';
import { AgentTalk } from './agentTalk.ts';
import { AgentViews } from './agentViews.ts';
import type { EventLog } from './eventLog.ts';
import { HookHandover } from './hookHandover.ts';
import { HookTokens } from './hookTokens.ts';
import { Mailbox } from './mailbox.ts';
import { ScreenWatch } from './screenWatch.ts';
import { StartResolver } from './startResolver.ts';
import type { StartsUnderway } from './startsUnderway.ts';
import { Teller } from './teller.ts';

export interface AgentsDeps {
  paths: RunnerPaths;
  env: Readonly<Record<string, string>>;
  clock: Clock;
  log: Log;
  platform: Platform;
  changes: Changes;
  config: ConfigStore;
  environment: { get(): Promise<Readonly<Record<string, string>>> };
  hookUrl(): string | null;
  tmux: TmuxServer;
  panes: PaneWatch;
  store: AgentStore;
  events: EventLog;
  signs: AgentSigns;
  reader: AgentReader;
  underway: StartsUnderway;
  hooks: HookQueue;
  runtimes: RuntimeCatalog;
  projects: { ofIssue(id: string): Promise<StoredProject>; allowBypass(name: string): Promise<void> };
  issues: Pick<RunnerApi['issues'], 'show' | 'edit'>;
  workspaces: {
    create(id: string, signal?: Cancellation): Promise<Workspace>;
    get(id: string): Promise<Workspace | undefined>;
  };
  /** Who else hears of agents. */
  listeners: AgentListener[];
}

export interface Agents {
  service: AgentService;
  starts: StartResolver;
  talk: AgentTalk;
  views: AgentViews;
  teller: Teller;
  access: AgentAccess;
  typist: Typist;
  tokens: HookTokens;
  supervisor: AgentSupervisor;
  spool: Spool;
  screens: ScreenWatch;
  mutex: KeyedMutex;
}

/** Wires what starts agents, hears of them, talks to them and ends them. */
export function createAgents(deps: AgentsDeps): Agents {
  const { paths, clock, log, platform, events, reader, tmux, panes, signs } = deps;
  const mutex = new KeyedMutex();
  const tokens = new HookTokens({ paths });
  const spool = new Spool({ folder: paths.spoolFolder, log, clock, tokens });
  const mailbox = new Mailbox({ paths, clock, log, changes: deps.changes });
  const typist = new Typist({ server: tmux, panes, clock });
  const endTreeOf = (target: EndTreeTarget): Promise<EndTreeResult> => endTree(target, { platform, clock });
  const drainSpool = (): Promise<void> => spool.drain();
  const handover = new HookHandover({ ...deps, drainSpool });
  const launcher = new AgentLauncher({
    ...deps,
    handover,
    hookTokens: tokens,
    endTree: endTreeOf,
    onLaunched: (state) => supervisor.begin(state),
  });
  const ender = new AgentEnder({ ...deps, handover, endTree: endTreeOf });
  const teller = new Teller({
    clock,
    log,
    events,
    reader,
    mailbox,
    typist,
    signs,
    behaviourOf,
    drainSpool,
    deliverSoon: (id) => supervisor.deliverSoon(id),
  });
  const screens = new ScreenWatch({
    clock,
    log,
    events,
    panes,
    signs,
    behaviourOf,
    mayLive: (id) => reader.mayLive(id),
  });
  deps.listeners.push(screens);
  const supervisor = new AgentSupervisor({ ...deps, mutex, ender, teller, mailbox, handover, behaviourOf });
  const access = new AgentAccess({ ...deps, mutex });
  const starts = new StartResolver(deps);
  const service = new AgentService({ ...deps, starts, mutex, access, launcher, ender, teller });
  return {
    service,
    starts,
    talk: new AgentTalk({ access, teller, mailbox, drainSpool }),
    views: new AgentViews({ access, reader, tmux, paths }),
    teller,
    access,
    typist,
    tokens,
    supervisor,
    spool,
    screens,
    mutex,
  };
}

/** An agent of the issue, by its id, as workspaces ask for it. */
export function agentLookup(
  store: AgentStore,
  reader: AgentReader,
): { liveAgentOf(issueId: string): string | null; agentIdOf(issueId: string): string | null } {
  return {
    liveAgentOf: (issueId) => (reader.mayLive(agentIdOf(issueId)) ? agentIdOf(issueId) : null),
    agentIdOf: (issueId) => (store.has(agentIdOf(issueId)) ? agentIdOf(issueId) : null),
  };
}
