import { defineCommand } from '../command.ts';

export const unmute = defineCommand({
  path: 'unmute',
  summary: 'Resume notifications',
  args: {},
  options: {},
  json: 'muting',
  examples: ['pan unmute'],
  async run(context) {
    const { until } = await (await context.runner()).attention.mute({ until: null });
    return { document: { until }, text: () => 'Notifications are on again.' };
  },
});
