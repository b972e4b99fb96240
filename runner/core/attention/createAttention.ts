import type { Agent, AgentRequest } from '../../protocol/models.ts';
import type { RunnerApi } from '../../protocol/runnerApi.ts';
import type { Changes } from '../changes.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Exec, Log } from '../ports.ts';
import { messageOf } from '../text/messageOf.ts';
import { AttentionFile } from './attentionFile.ts';
import { AttentionService } from './attentionService.ts';
import { DesktopNotifier } from './desktopNotifier.ts';
import type { News } from './news.ts';
import type { Subject } from './noticeText.ts';

export interface AttentionDeps {
  paths: Pick<RunnerPaths, 'attentionFile'>;
  clock: Clock;
  log: Log;
  exec: Exec;
  platform: NodeJS.Platform;
  changes: Changes;
  agents: Pick<RunnerApi['agents'], 'list'>;
  requests: Pick<RunnerApi['requests'], 'list'>;
  workspaces: Pick<RunnerApi['workspaces'], 'changes'>;
}

/** Wires what tells people of agents. */
export function createAttention(deps: AttentionDeps): AttentionService {
  const { agents, changes, clock, exec, log, paths, platform } = deps;
  const file = new AttentionFile({ file: paths.attentionFile, log });
  return new AttentionService({
    clock,
    log,
    changes,
    file,
    desktop: new DesktopNotifier({ exec, platform, log }),
    agents: (ids) => agents.list({ ids }),
    detailsOf: (news, agent) => detailsOf(news, agent, deps),
  });
}

async function detailsOf(
  { kind }: News,
  agent: Agent,
  deps: AttentionDeps,
): Promise<Pick<Subject, 'request' | 'changes'>> {
  const isRequest = kind === 'permission' || kind === 'question';
  return {
    request: isRequest ? await requestOf(agent, deps) : null,
    changes: kind === 'finished' ? await changesOf(agent, deps) : null,
  };
}

/** That it asks is worth telling without what can be answered. */
async function requestOf({ issueId, ask }: Agent, { log, requests }: AttentionDeps): Promise<AgentRequest | null> {
  if (ask === null) return null;
  try {
    return (await requests.list({ id: issueId })).find(({ id }) => id === ask.requestId) ?? null;
  } catch (error) {
    log.warn(`what ${issueId} asks is announced in short: ${messageOf(error)}`);
    return null;
  }
}

/** A workspace that is gone says nothing, and the rest is worth telling without it. */
async function changesOf({ issueId }: Agent, { log, workspaces }: AttentionDeps): Promise<Subject['changes']> {
  try {
    return await workspaces.changes({ id: issueId });
  } catch (error) {
    log.info(`what ${issueId} changed is not announced: ${messageOf(error)}`);
    return null;
  }
}
