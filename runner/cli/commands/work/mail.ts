import { defineCommand } from '../../command.ts';
import { ownIssue } from '../../ownIssue.ts';
import { mailTable } from '../../render/mailTable.ts';
import { plainLine } from '../../render/plainText.ts';

export const workMail = defineCommand({
  path: 'work mail',
  summary: 'Show what waits for an agent, and what it was told',
  description: 'Messages that wait are queued; those that its tool has and reads within its turn are typed.',
  args: { id: { kind: 'optional', summary: 'the issue of the agent; unless given, that of the workspace you are in' } },
  options: {
    drop: { kind: 'text', value: 'mail-id', summary: 'take back this message, which is still queued' },
  },
  json: 'mail',
  examples: ['pan work mail MIN-142', 'pan work mail MIN-142 --drop 01JD8Z4T5N6R7S8T9V0W1X2Y3Z'],
  async run(context, args, { drop }) {
    const id = await ownIssue(context, args.id, 'work mail', 'guess');
    const runner = await context.runner();
    if (drop === undefined) {
      const mail = await runner.agents.mail({ id });
      return { document: { mail }, text: (look) => mailTable(mail, look) };
    }
    const dropped = await runner.agents.dropMail({ id, mailId: drop });
    return { document: { dropped }, text: () => `Taken back: ${plainLine(dropped.text)}` };
  },
});
