import { defineCommand } from '../../command.ts';
import { bodyOf, titleOf } from '../../issueText.ts';
import { priorityOption } from '../../priorityOption.ts';
import { plainLine } from '../../render/plainText.ts';
import { usageError } from '../../usageError.ts';

export const issueCreate = defineCommand({
  path: 'issue create',
  summary: 'Create an issue in the local tracker',
  description:
    'The words of the title need no quotes; a title that starts with a dash goes after --. Line breaks in it become ' +
    'blanks. The project is the one around the working directory unless --project names one.',
  args: { title: { kind: 'rest', summary: 'the title' } },
  options: {
    title: { kind: 'text', value: 'title', summary: 'the title, instead of words' },
    body: { kind: 'text', value: 'text', summary: 'what there is to say about it, in Markdown' },
    bodyFile: { kind: 'text', value: 'file', summary: 'the body from a file; - is standard input' },
    label: { kind: 'list', value: 'label', summary: 'a label; may be repeated, or a,b' },
    priority: priorityOption,
    project: { kind: 'text', value: 'name', summary: 'the project it belongs to' },
  },
  json: 'issue',
  examples: [
    'pan issue create Fix the login',
    'pan issue create "Rate-limit login" --label auth,security --priority high',
    'pan issue create --body-file - -- "--json is ignored" < report.md',
  ],
  async run(context, args, options) {
    const title = titleOf(args.title, options.title);
    if (title === undefined) throw usageError('The issue needs a title.', 'pan issue create Fix the login');
    const body = await bodyOf(context, options.body, options.bodyFile);
    const issue = await (await context.runner()).issues.create({
      title,
      body,
      labels: options.label.filter((label) => label !== ''),
      priority: options.priority,
      project: options.project,
      cwd: context.host.cwd(),
    });
    return {
      document: { issue },
      text: () => `${issue.id} created: ${plainLine(issue.title)}\nStart an agent on it: pan work issue ${issue.id}`,
    };
  },
});
