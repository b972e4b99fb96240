import { defineCommand } from '../../command.ts';
import { explanationPage } from '../../render/explanationPage.ts';

/** What fits a screen with the rest of the page. */
const defaultLines = 12;

export const workWhy = defineCommand({
  path: 'work why',
  summary: 'Explain the status of an agent, with evidence',
  args: { id: { kind: 'required', summary: 'the issue of the agent' } },
  options: {
    lines: { kind: 'count', value: 'n', short: 'n', summary: `how much evidence; ${defaultLines} lines unless given` },
  },
  json: 'explanation',
  examples: ['pan work why MIN-142', 'pan work why MIN-142 -n 60'],
  async run(context, { id }, { lines = defaultLines }) {
    const explanation = await (await context.runner()).agents.why({ id });
    return { document: explanation, text: (look) => explanationPage(explanation, look, lines) };
  },
});
