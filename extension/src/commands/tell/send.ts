import { UserError } from '../../../../runner/protocol/errors.ts';
import type { App } from '../../app.ts';
import type { Command } from '../command.ts';
import { tellAgents } from './tellAgents.ts';

/** Where a message is being told: a second click must not tell it twice. */
const sending = new WeakSet<App>();

/** Sends what stands in the active message editor, and closes that. What did not arrive stays in it. */
export const messageSend: Command = {
  id: 'panopticon.message.send',
  async run(app) {
    const message = app.documents.activeMessage();
    if (message === undefined) throw new UserError({ code: 'nothingToDo', message: 'No message is open.' });
    const { issueId, text } = message;
    if (text.trim() === '') {
      throw new UserError({
        code: 'emptyMessage',
        message: 'The message is empty.',
        hint: 'Write what the agent should do.',
      });
    }
    if (sending.has(app)) return;
    sending.add(app);
    try {
      if (await tellAgents(app, [issueId], text.trim())) await app.documents.closeMessage(message);
    } finally {
      sending.delete(app);
    }
  },
};
