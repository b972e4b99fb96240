import type { AttachTarget, Explanation } from '../../protocol/models.ts';
import type { AgentLog, AgentLogParams, IssueParams } from '../../protocol/requests.ts';
import type { RunnerPaths } from '../paths.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import type { AgentAccess } from './agentAccess.ts';
import { noRunningAgent, unreadableAgent } from './agentFailures.ts';
import type { AgentReader } from './agentReader.ts';
import { readLog } from './readLog.ts';

export interface AgentViewsDeps {
  access: AgentAccess;
  reader: AgentReader;
  tmux: TmuxServer;
  paths: RunnerPaths;
}

/** Looks at one agent; changes nothing. */
export class AgentViews {
  private readonly deps: AgentViewsDeps;

  constructor(deps: AgentViewsDeps) {
    this.deps = deps;
  }

  async why(params: IssueParams): Promise<Explanation> {
    return this.deps.reader.explain(await this.deps.access.find(params.id));
  }

  async log(params: AgentLogParams): Promise<AgentLog> {
    const { access, reader, tmux, paths } = this.deps;
    const stored = await access.find(params.id);
    const alive = (await reader.surePane(stored.id)).kind !== 'gone';
    return readLog(stored, alive, params.lines, { tmux, paths });
  }

  async attachTarget(params: IssueParams): Promise<AttachTarget> {
    const { access, reader, tmux } = this.deps;
    const stored = await access.find(params.id);
    if ((await reader.surePane(stored.id)).kind !== 'alive') {
      if (stored.kind === 'unreadable') throw unreadableAgent(stored.issueId, stored.reason);
      throw noRunningAgent(stored.state, (await reader.situation(stored.state)).history);
    }
    return { kind: 'tmux', node: 'local', argv: tmux.attachArgv(stored.id) };
  }
}
