import * as vscode from 'vscode';
import type { Muting } from '../../../../runner/protocol/attention.ts';
import { dayTime } from '../../../../runner/protocol/dayTime.ts';
import type { Command } from '../command.ts';
import { flash } from '../notify.ts';
import { muteChoices } from './muteChoices.ts';

export const attentionMute: Command = {
  id: 'panopticon.attention.mute',
  async run({ runner }) {
    const chosen = await vscode.window.showQuickPick(muteChoices(new Date()), {
      title: 'Pause Notifications',
      placeHolder: 'In all windows. Status bar and badge go on counting; one summary follows.',
    });
    if (chosen === undefined) return;
    const { attention } = await runner.get();
    flash(pausedText(await attention.mute({ until: chosen.until })));
  },
};

function pausedText({ until }: Muting): string {
  if (until === null || until === 'always') return 'Notifications are paused until you resume them.';
  return `Notifications are paused until ${dayTime(until, new Date())}.`;
}
