import { issueStates } from '../../../protocol/enumerations.ts';
import type { IssueDetails } from '../../../protocol/models.ts';
import { defineCommand } from '../../command.ts';
import { bodyOf, titleOf } from '../../issueText.ts';
import { priorityOption } from '../../priorityOption.ts';
import { plainLine } from '../../render/plainText.ts';
import { usageError } from '../../usageError.ts';

export const issueEdit = defineCommand({
  path: 'issue edit',
  summary: 'Change fields of an issue',
  args: { id: { kind: 'required', summary: 'the issue' } },
  options: {
    title: { kind: 'text', value: 'title', summary: 'the new title' },
    body: { kind: 'text', value: 'text', summary: 'the new body' },
    bodyFile: { kind: 'text', value: 'file', summary: 'the new body from a file; - is standard input' },
    label: { kind: 'list', value: 'label', summary: 'the new labels, which replace the old; may be repeated, or a,b' },
    priority: priorityOption,
    state: { kind: 'choice', value: 'state', choices: issueStates, summary: 'where it stands' },
  },
  json: 'issue',
  examples: ['pan issue edit MIN-142 --state in_review', 'pan issue edit MIN-142 --label ""'],
  async run(context, { id }, options) {
    const title = titleOf([], options.title);
    const body = await bodyOf(context, options.body, options.bodyFile);
    const labels = options.label.length === 0 ? undefined : options.label.filter((label) => label !== '');
    const fields = { title, body, labels, priority: options.priority, state: options.state };
    if (Object.values(fields).every((value) => value === undefined)) {
      throw usageError('Nothing to change was given.', `pan issue edit ${id} --title "Another title"`);
    }
    const issue = await (await context.runner()).issues.edit({ id, ...fields });
    const changed = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [told(name, issue)]));
    return { document: { issue }, text: () => `${issue.id}: ${changed.join(', ')}` };
  },
});

/** One changed field as it is now: `state in_review`, `labels a, b`. */
function told(field: string, issue: IssueDetails): string {
  switch (field) {
    case 'title':
      return `title ${plainLine(issue.title)}`;
    case 'labels':
      return issue.labels.length === 0 ? 'no labels' : `labels ${issue.labels.map(plainLine).join(', ')}`;
    case 'priority':
      return `priority ${issue.priority}`;
    case 'state':
      return `state ${issue.state}`;
    default:
      return `${field} changed`;
  }
}
