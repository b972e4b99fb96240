import type { Command } from '../command.ts';
import { flash } from '../notify.ts';

export const attentionUnmute: Command = {
  id: 'panopticon.attention.unmute',
  async run({ runner }) {
    const { attention } = await runner.get();
    await attention.mute({ until: null });
    flash('Notifications are on again.');
  },
};
