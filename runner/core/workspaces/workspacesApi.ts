import type { IssueId } from '../../protocol/issueId.ts';
import type { RunnerApi } from '../../protocol/runnerApi.ts';
import { requireIssueId } from '../issues/requireIssueId.ts';
import type { WorkspaceService } from './workspaceService.ts';

export interface WorkspacesApiDeps {
  workspaces: WorkspaceService;
  issues: Pick<RunnerApi['issues'], 'show'>;
  /** Makes sure that it is known whether the issue's agent lives. */
  lookForAgent(issueId: IssueId): Promise<void>;
  /** Holds off all changes to the issue's agent meanwhile: between its workspace and its launch nothing lives there yet. */
  holdAgent<T>(issueId: IssueId, task: () => Promise<T>): Promise<T>;
}

/** What clients ask of workspaces: ids as they are typed. */
export function workspacesApi(deps: WorkspacesApiDeps): RunnerApi['workspaces'] {
  const { workspaces, issues, lookForAgent, holdAgent } = deps;
  return {
    async create(params) {
      const { id } = await issues.show({ id: requireIssueId(params.id) });
      return workspaces.create(id);
    },
    list: (params) => workspaces.list(params),
    async destroy(params) {
      const issueId = requireIssueId(params.id);
      return holdAgent(issueId, async () => {
        await lookForAgent(issueId);
        return workspaces.destroy({ issueId, force: params.force ?? false });
      });
    },
    changes: (params) => workspaces.changes(params),
    file: (params) => workspaces.file(params),
    rescues: (params) => workspaces.rescues(params),
    async restore({ id, ref }) {
      const issueId = requireIssueId(id);
      return holdAgent(issueId, async () => {
        await lookForAgent(issueId);
        return workspaces.restore({ issueId, ref });
      });
    },
  };
}
