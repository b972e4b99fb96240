import { defineCommand } from '../command.ts';

export const hook = defineCommand({
  path: 'hook',
  summary: "Take an AI tool's hook event from standard input",
  description:
    'AI tools call it, people do not. It never fails: a hook that fails would stop the tool. When the tool asks for ' +
    'leave to do something, it waits for the answer and prints it.',
  args: {},
  options: {},
  examples: [],
  hidden: true,
  async run({ host }) {
    try {
      await host.stdout.write(await host.takeHookEvent(await host.readStdin()));
    } catch (error) {
      // Deliberate: Claude Code blocks the tool call when a hook ends with 2, and shows other failures to the agent.
      if (host.env['PAN_DEBUG'] === '1') await host.stderr.write(`pan hook: ${String(error)}\n`);
    }
    return 0;
  },
});
