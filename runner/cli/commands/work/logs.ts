import type { UserError } from '../../../protocol/errors.ts';
import type { Agent, AgentTranscript } from '../../../protocol/models.ts';
import { defineCommand, type Outcome } from '../../command.ts';
import { isUserError } from '../../failure.ts';
import { followTranscript } from '../../followTranscript.ts';
import type { ConnectedRunner } from '../../host.ts';
import type { Look } from '../../render/look.ts';
import { paint } from '../../render/paint.ts';
import { plainLine, plainText } from '../../render/plainText.ts';
import { transcriptPage } from '../../render/transcriptPage.ts';
import { usageError } from '../../usageError.ts';

/** The tool writes none down, or has not begun to. */
const noTranscriptCodes = ['noTranscript', 'noTranscriptYet'];
const defaultEntries = 30;
const defaultLines = 100;

export const workLogs = defineCommand({
  path: 'work logs',
  summary: "Show an agent's conversation, or its terminal",
  description:
    'The conversation is read from what the AI tool writes down. Where it writes nothing, and with --screen, ' +
    "it is the end of the agent's terminal.",
  args: { id: { kind: 'required', summary: 'the issue of the agent' } },
  options: {
    lines: {
      kind: 'count',
      value: 'n',
      short: 'n',
      summary: `how many entries, or lines of the terminal; ${defaultEntries} or ${defaultLines} unless given`,
    },
    follow: { kind: 'flag', short: 'f', summary: 'go on with what is said later, until the agent has ended' },
    screen: { kind: 'flag', summary: 'the end of its terminal instead' },
  },
  json: 'log',
  examples: ['pan work logs MIN-142', 'pan work logs MIN-142 -f', 'pan work logs MIN-142 --screen -n 20'],
  async run(context, { id }, { lines, follow, screen }) {
    if (follow && context.json) throw excludes('--json');
    if (follow && screen) throw excludes('--screen');
    const runner = await context.runner();
    if (screen) return screenOf(runner, id, lines);
    const limit = lines ?? defaultEntries;
    if (follow) return endOf(await followTranscript(context, runner, { id, limit }));
    const transcript = await conversationOf(runner, id, limit);
    if (transcript === undefined) return screenOf(runner, id, lines);
    return { document: transcript, text: (look) => page(transcript, id, limit, look) };
  },
});

function endOf(agent: Agent): Outcome {
  const text = `${agent.issueId} is ${agent.status}: ${plainLine(agent.reason)}`;
  return { document: { agent }, text: (look) => paint(text, 'dim', look) };
}

function excludes(option: string): UserError {
  return usageError(`--follow and ${option} exclude each other.`, 'Leave one of them out.');
}

async function screenOf(runner: ConnectedRunner, id: string, lines = defaultLines): Promise<Outcome> {
  const log = await runner.agents.log({ id, lines });
  return { document: log, text: () => plainText(log.text).trimEnd() };
}

/** Undefined where nothing was written down: what its terminal shows says more, as of a tool that did not come up. */
async function conversationOf(
  runner: ConnectedRunner,
  id: string,
  limit: number,
): Promise<AgentTranscript | undefined> {
  try {
    const transcript = await runner.agents.transcript({ id, limit });
    return transcript.entries.length === 0 && !transcript.more ? undefined : transcript;
  } catch (error) {
    if (isUserError(error) && noTranscriptCodes.includes(error.code)) return undefined;
    throw error;
  }
}

function page({ entries, more }: AgentTranscript, id: string, limit: number, look: Look): string {
  const earlier = more ? `${paint(`There is more: pan work logs ${id} -n ${limit * 4}`, 'dim', look)}\n` : '';
  return earlier + transcriptPage(entries, look);
}
