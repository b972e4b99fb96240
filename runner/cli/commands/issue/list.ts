import { issueStates } from '../../../protocol/enumerations.ts';
import { defineCommand } from '../../command.ts';
import { issueTable } from '../../render/issueTable.ts';
import { usageError } from '../../usageError.ts';

export const issueList = defineCommand({
  path: 'issue list',
  summary: 'List issues that are not done or canceled',
  args: {},
  options: {
    project: { kind: 'text', value: 'name', summary: 'only of this project' },
    state: { kind: 'choices', value: 'state', choices: issueStates, summary: 'only in this state; may be repeated' },
    all: { kind: 'flag', summary: 'also those that are done or canceled' },
  },
  json: 'issues',
  examples: ['pan issue list', 'pan issue list --project myn --state todo,in_progress'],
  async run(context, _args, { project, state, all }) {
    if (all && state.length > 0) throw usageError('--all and --state exclude each other.', 'Leave one of them out.');
    const states = all ? [...issueStates] : state.length > 0 ? state : undefined;
    const { issues, broken } = await (await context.runner()).issues.list({ project, states });
    return {
      document: broken.length === 0 ? { issues } : { issues, broken },
      text: (look) => issueTable({ issues, broken }, look),
    };
  },
});
