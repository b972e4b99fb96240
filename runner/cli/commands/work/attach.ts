import { UserError } from '../../../protocol/errors.ts';
import { defineCommand } from '../../command.ts';
import { spokenId } from '../../ownIssue.ts';
import { shellWords } from '../../render/shellWords.ts';
import { usageError } from '../../usageError.ts';

export const workAttach = defineCommand({
  path: 'work attach',
  summary: "Open an agent's terminal in this one",
  description:
    'Leave it with Ctrl+B D; the agent keeps working. With --json it says what to run instead of running it.',
  args: { id: { kind: 'required', summary: 'the issue of the agent' } },
  options: {},
  json: 'attachTarget',
  examples: ['pan work attach MIN-142'],
  async run(context, { id }) {
    const { host } = context;
    const target = await (await context.runner()).agents.attachTarget({ id });
    const command = shellWords(target.argv);
    if (context.json) return { document: target, text: () => command };
    if (target.kind !== 'tmux') {
      throw new UserError({
        code: 'attachKind',
        message: `${spokenId(id)} is on ${target.node}, where this version of pan cannot attach.`,
        hint: 'Update pan.',
      });
    }
    if (!host.stdout.isTTY || !host.stdinIsTTY())
      throw usageError('Attaching needs a terminal.', `In one, type: ${command}`);
    // tmux refuses to attach inside another tmux unless TMUX is unset; this is another server, so nesting is safe.
    const { TMUX: outer, ...env } = host.env;
    if (outer !== undefined)
      await host.stderr.write('You are in tmux already: leave the agent with Ctrl-b Ctrl-b d.\n');
    return host.runInTerminal(target.argv, env);
  },
});
