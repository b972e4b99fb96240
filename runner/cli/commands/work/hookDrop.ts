import { defineCommand } from '../../command.ts';
import { plainLine } from '../../render/plainText.ts';

export const workHookDrop = defineCommand({
  path: 'work hook drop',
  summary: "Take work back from an agent's hook",
  description: 'What an agent was handed can be taken back only once no agent lives that could do it.',
  args: {
    id: { kind: 'required', summary: 'the issue of the agent' },
    item: { kind: 'required', summary: 'the id of the item, as work hook check --json prints it' },
  },
  options: {},
  json: 'hookItem',
  examples: ['pan work hook drop MIN-142 01JD8Z4T5N6R7S8T9V0W1X2Y3Z'],
  async run(context, { id, item: itemId }) {
    const item = await (await context.runner()).hooks.drop({ id, itemId });
    return { document: { item }, text: () => `Taken back: ${plainLine(item.text)}` };
  },
});
