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
  agents: Pick<Agents, 'access' | 'mutex' | 'spool' | 'talk' | 'typist'>;
}

/** Wires what hears requests of agents and answers them. */
export function createRequests(deps: RequestsDeps): { service: RequestService; release: HookRelease } {
  const { agents, changes, clock, events, log, panes, paths, platform, reader, store } = deps;
  // A pid alone may be that of another process by now. One whose environment cannot be read counts as none.
  const hookWaits = async (pid: number, launchId: string): Promise<boolean> =>
    (await platform.variableOf(pid, 'PAN_LAUNCH_ID')) === launchId;
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
    open: new OpenRequests({ reader, behaviourOf, hookWaits }),
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
