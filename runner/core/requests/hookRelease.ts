import type { OpenRequest } from '../agents/activity.ts';
import type { AgentStore } from '../agents/agentStore.ts';
import type { EventLog } from '../agents/eventLog.ts';
import type { Changes } from '../changes.ts';
import type { Log } from '../ports.ts';
import type { AnswerFiles } from './answerFiles.ts';

export interface HookReleaseDeps {
  store: AgentStore;
  events: EventLog;
  files: AnswerFiles;
  changes: Changes;
  log: Log;
  hookWaits(pid: number, launchId: string): Promise<boolean>;
  /** Whether somebody looks at the terminal of an agent whose tool shows its dialog only when the hook has ended. */
  isWantedOnScreen(agentId: string): Promise<boolean>;
}

interface Waiting {
  launchId: string;
  open: OpenRequest[];
}

/**
 * Lets hooks go that wait for an answer nobody can give any more: the request was answered in the terminal, or its agent
 * ended. A tool that does not end them itself would keep one process for each until it ends. And where a tool shows its
 * dialog only after the hook, the hook steps back for whoever looks at the terminal.
 */
export class HookRelease {
  private readonly deps: HookReleaseDeps;
  private readonly known = new Map</* agent id */ string, Waiting>();
  private unlisten: (() => void) | undefined;

  constructor(deps: HookReleaseDeps) {
    this.deps = deps;
  }

  /** Before the spool is read, which may tell that a request has gone. */
  async start(): Promise<void> {
    for (const { id } of await this.deps.store.list()) await this.look(id);
    this.unlisten = this.deps.changes.listen(({ scope, ids }) => {
      if (scope === 'agents') for (const id of ids) this.lookBeside(id);
    });
  }

  stop(): void {
    this.unlisten?.();
  }

  private lookBeside(agentId: string): void {
    const failed = (error: unknown): void => this.deps.log.error(`a hook of ${agentId} was not let go`, error);
    this.look(agentId).catch(failed);
  }

  private async look(agentId: string): Promise<void> {
    const { activity, launchId } = await this.deps.events.history(agentId);
    const open = activity.kind === 'waiting' ? activity.open.filter(({ hookPid }) => hookPid !== null) : [];
    const before = this.known.get(agentId);
    if (open.length > 0 && launchId !== null) this.known.set(agentId, { launchId, open });
    else this.known.delete(agentId);
    const gone = before?.open.filter(({ id }) => !open.some((each) => each.id === id)) ?? [];
    const yielding = open.length > 0 && (await this.deps.isWantedOnScreen(agentId)) ? open : [];
    for (const request of [...gone, ...yielding])
      await this.release(agentId, before?.launchId ?? launchId ?? '', request);
  }

  private async release(agentId: string, launchId: string, { id, hookPid }: OpenRequest): Promise<void> {
    const { files, hookWaits } = this.deps;
    if (files.forget(id) || hookPid === null) return;
    if (await hookWaits(hookPid, launchId)) await files.release(agentId, id);
  }
}
