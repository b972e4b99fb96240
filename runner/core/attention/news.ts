import type { NoticeKind, NoticePolicy, NoticeSetting } from '../../protocol/attention.ts';
import type { AgentId } from '../../protocol/issueId.ts';
import type { Agent } from '../../protocol/models.ts';

/** Something about an agent that a person may want to hear. An agent has at most one. */
export interface News {
  /** The same for as long as it is the same event, over restarts of the runner, too. */
  key: string;
  agentId: AgentId;
  project: string;
  kind: NoticeKind | 'login' | 'model';
  /** Somebody has to do something. */
  isNeed: boolean;
  /** It waits, and what for is not known yet. */
  isUnclear: boolean;
  /** When it began. */
  since: string;
}

/** What there is to say of an agent as it is now. */
export function newsOf(agent: Agent): News | undefined {
  const { id, project, fence, status, since, ask, parked } = agent;
  const news = (kind: News['kind'], mark: string, isNeed: boolean): News => {
    return {
      key: `${id} ${mark}`,
      agentId: id,
      project,
      kind,
      isNeed,
      isUnclear: status === 'waiting' && ask === null,
      since: ask?.since ?? since,
    };
  };
  switch (status) {
    case 'waiting':
      if (ask === null) return news('question', `waits ${since}`, true);
      return news(ask.kind === 'permission' ? 'permission' : 'question', `asks ${ask.requestId}`, true);
    case 'stuck':
      return news('stuck', `stuck ${since}`, true);
    case 'crashed':
      // Until it is noted how it ended, a death is dated anew at every look. A start has one end.
      return news('crashed', `crashed ${fence}`, true);
    case 'done':
      return news('finished', `finished ${fence}`, false);
    case 'parked':
      if (parked?.cause === 'login') return news('login', `login ${since}`, true);
      return parked?.cause === 'model' ? news('model', `model ${since}`, true) : news('limit', `limit ${since}`, false);
    default:
      return undefined;
  }
}

/** How the person wants to hear of it. One without its model does not go on either, as one that is stuck. */
export function settingOf({ kind }: Pick<News, 'kind'>, { kinds }: NoticePolicy): NoticeSetting {
  if (kind === 'login') return 'toast';
  return kinds[kind === 'model' ? 'stuck' : kind];
}
