import { dayTime } from '../../protocol/dayTime.ts';
import { defineCommand } from '../command.ts';
import { muteUntil } from '../muteUntil.ts';

export const mute = defineCommand({
  path: 'mute',
  summary: 'Pause notifications, in all windows of editors',
  description: 'Status bars and badges go on counting, and one summary follows.',
  args: { span: { kind: 'optional', summary: '15m, 1h, tomorrow (until 8:00) or always; unless given, always' } },
  options: {},
  json: 'muting',
  examples: ['pan mute 15m', 'pan mute tomorrow', 'pan mute'],
  async run(context, { span }) {
    const now = context.host.now();
    const { until } = await (await context.runner()).attention.mute({ until: muteUntil(span ?? 'always', now) });
    return { document: { until }, text: () => pausedText(until, now) };
  },
});

function pausedText(until: string | null, now: Date): string {
  if (until === null || until === 'always') return 'Notifications are paused until you resume them: pan unmute';
  return `Notifications are paused until ${dayTime(until, now)}.`;
}
