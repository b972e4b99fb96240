import type { IssueState } from '../../../runner/protocol/enumerations.ts';
import type { Agent, Issue } from '../../../runner/protocol/models.ts';
import { plainLine } from '../commands/plainText.ts';
import { agentIcon } from './agentIcon.ts';
import { counted, dotted, listed, type Row } from './row.ts';

export interface IssueRowContext {
  agent: Agent | undefined;
  hasWorkspace: boolean;
}

export const stateWords: Readonly<Record<IssueState, string>> = {
  backlog: 'backlog',
  todo: 'todo',
  planning: 'planning',
  in_progress: 'in progress',
  in_review: 'in review',
  done: 'done',
  canceled: 'canceled',
};

/** The same as a heading or a choice. */
export function stateTitle(state: IssueState): string {
  const words = stateWords[state];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Without colour, which is for agents. */
export const stateIcons: Readonly<Record<IssueState, string>> = {
  backlog: 'issue-draft',
  todo: 'issues',
  planning: 'compass',
  in_progress: 'color-mode',
  in_review: 'git-pull-request',
  done: 'pass',
  canceled: 'circle-slash',
};

/** The row of an issue. While an agent is at it, the row shows the agent's state instead of its own. */
export function issueRow(issue: Issue, { agent, hasWorkspace }: IssueRowContext): Row {
  const title = plainLine(issue.title);
  const labels = issue.labels.map(plainLine);
  const agentWords = agent === undefined ? '' : `${plainLine(agent.runtime)} ${agent.status}`.trim();
  const isOn = agent !== undefined && !isFinished(agent);
  const priority = issue.priority === 'urgent' || issue.priority === 'high' ? issue.priority : '';
  return {
    label: `${issue.id} ${title}`,
    description: isOn ? agentWords : dotted(priority, labels[0], agentWords),
    icon: isOn ? agentIcon(agent) : { id: stateIcons[issue.state] },
    contextValue: `issue.${issue.state}${flagsOf(issue, isOn, hasWorkspace)}`,
    spoken: listed(
      issue.id,
      title,
      stateWords[issue.state],
      priority !== '' && `${priority} priority`,
      labels.length > 0 && `${counted(labels.length, 'label')}: ${labels.join(' ')}`,
      agentWords,
    ),
  };
}

/** Always in this order, so that a menu can match several of them. */
function flagsOf({ url, tracker }: Issue, isOn: boolean, hasWorkspace: boolean): string {
  const flags = [
    isOn && '+agent',
    hasWorkspace && '+workspace',
    /^https?:/.test(url) && '+url',
    tracker === 'local' && '+local',
  ];
  return flags.filter((flag) => flag !== false).join('');
}

/** An agent that is over is not at the issue any more: another one can start. */
function isFinished({ status }: Agent): boolean {
  return status === 'done' || status === 'stopped';
}
