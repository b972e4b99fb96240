import type { AgentReader } from '../agents/agentReader.ts';
import type { AgentStore } from '../agents/agentStore.ts';
import type { Agents } from '../agents/createAgents.ts';
import type { EventLog } from '../agents/eventLog.ts';
import type { Changes } from '../changes.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Clock, Log } from '../ports.ts';
import { behaviourOf } from '../runtimes/runtimeDefinitions.ts';
import type { PaneWatch } from '../tmux/paneWatch.ts';
import { AnswerFiles } from './answerFiles.ts';
import { HookRelease } from './hookRelease.ts';
import { OpenRequests } from './openRequests.ts';
import { RequestService } from './requestService.ts';
import { WaitingHooks } from './waitingHooks.ts';

export interface RequestsDeps {
  paths: RunnerPaths;
  clock: Clock;
  log: Log;
  platform: Pick<Platform, 'variableOf'>;
  changes: Changes;
  store: AgentStore;
  events: EventLog;
  reader: AgentReader;
  panes: Pick<PaneWatch, 'snapshot'>;
  open: OpenRequests;
  agents: Pick<Agents, 'access' | 'mutex' | 'spool' | 'talk' | 'typist'>;
}

/** Reads what agents ask; what shows agents needs it before anything can be answered. */
export function createOpenRequests(deps: Pick<RequestsDeps, 'platform' | 'clock'>): OpenRequests {
  return new OpenRequests({ behaviourOf, hooks: new WaitingHooks(deps) });
}

/** Wires what hears requests of agents and answers them. */
export function createRequests(deps: RequestsDeps): { service: RequestService; release: HookRelease } {
  const { agents, changes, clock, events, log, panes, paths, platform, reader, store } = deps;
  const hooks = new WaitingHooks({ platform, clock });
  const hookWaits = (pid: number, launchId: string) => hooks.waits(pid, launchId);
  const files = new AnswerFiles({ paths, clock });
  const service = new RequestService({
    clock,
    changes,
    mutex: agents.mutex,
    store,
    access: agents.access,
    talk: agents.talk,
    reader,
    events,
    open: deps.open,
    files,
    typist: agents.typist,
    behaviourOf,
    drainSpool: () => agents.spool.drain(),
  });
  const isWantedOnScreen = async (agentId: string): Promise<boolean> => {
    const snapshot = panes.snapshot();
    if (snapshot.kind !== 'ok' || snapshot.panes.get(agentId)?.attached !== true) return false;
    const stored = await store.get(agentId);
    return stored?.kind === 'ok' && behaviourOf(stored.state.runtime).hookHidesDialog === true;
  };
  const release = new HookRelease({ store, events, files, changes, log, hookWaits, isWantedOnScreen });
  return { service, release };
}
