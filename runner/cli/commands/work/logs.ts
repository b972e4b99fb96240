import { defineCommand } from '../../command.ts';
import { plainText } from '../../render/plainText.ts';

const defaultLines = 100;

export const workLogs = defineCommand({
  path: 'work logs',
  summary: "Show the end of an agent's terminal",
  args: { id: { kind: 'required', summary: 'the issue of the agent' } },
  options: {
    lines: { kind: 'count', value: 'n', short: 'n', summary: `how many lines; ${defaultLines} unless given` },
  },
  json: 'log',
  examples: ['pan work logs MIN-142', 'pan work logs MIN-142 -n 20'],
  async run(context, { id }, { lines }) {
    const log = await (await context.runner()).agents.log({ id, lines: lines ?? defaultLines });
    return { document: log, text: () => plainText(log.text).trimEnd() };
  },
});
