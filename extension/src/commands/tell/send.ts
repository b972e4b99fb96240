import { UserError } from '../../../../runner/protocol/errors.ts';
import type { IssueId } from '../../../../runner/protocol/issueId.ts';
import type { App } from '../../app.ts';
import type { Command } from '../command.ts';
import { tellAgents } from './tellAgents.ts';

/** Whose message is being told: a second click must not tell it twice. */
const sending = new WeakMap<App, Set<IssueId>>();

/** Sends what stands in the message editor of the title, or in the active one, and closes that; else it stays. */
export const messageSend: Command = {
  id: 'panopticon.message.send',
  async run(app, editor) {
    const message = editor === undefined ? app.documents.activeMessage() : app.documents.messageAt(editor);
    if (message === undefined) throw new UserError({ code: 'nothingToDo', message: 'No message is open.' });
    const { issueId, text } = message;
    if (text.trim() === '') {
      throw new UserError({
        code: 'emptyMessage',
        message: 'The message is empty.',
        hint: 'Write what the agent should do.',
      });
    }
    const underway = sending.get(app) ?? new Set();
    sending.set(app, underway);
    if (underway.has(issueId)) return;
    underway.add(issueId);
    try {
      if (await tellAgents(app, [issueId], text.trim())) await app.documents.closeMessage(message);
    } finally {
      underway.delete(issueId);
    }
  },
};
