import { defineCommand } from '../command.ts';
import { plainLine } from '../render/plainText.ts';

export const init = defineCommand({
  path: 'init',
  summary: "Create Panopticon's home folder",
  description: 'Creates ~/.panopticon (or PANOPTICON_HOME) and what belongs in it. What is there already is kept.',
  args: {},
  options: {},
  json: 'init',
  examples: ['pan init'],
  async run({ host }) {
    const report = await host.openOffline().init();
    return {
      document: report,
      text: () =>
        [
          report.created.length === 0
            ? `${plainLine(report.home)} is complete; nothing was changed.`
            : `${plainLine(report.home)} is ready.`,
          ...report.created.map((file) => `  created ${plainLine(file)}`),
          'Next, register a repository: pan project add <path>',
        ].join('\n'),
    };
  },
});
