import type { Agent, AgentAsk } from '../../../runner/protocol/models.ts';
import { plainLine, shortened } from '../commands/plainText.ts';
import { needsSince } from '../fleet/needsYou.ts';
import { ageText } from './ages.ts';

/** Longest ask in a label. What may be allowed at a glance (`brief`) has at most 40 characters and is never cut. */
const maxAsk = 60;

/** Tools that change a file, in the words of Claude Code, Codex and Gemini CLI. */
const edit = /^(?:Edit|MultiEdit|Write|NotebookEdit|apply_patch|write_file|replace) (\S.*)$/u;
/** Tools whose name says nothing that the command line does not. */
const shell = /^(?:Bash|shell|run_shell_command|local_shell|exec_command) (?=\S)/u;

/** What an agent that needs a person needs: `Allow npm test?`, `Stuck 34m`, `Log in to claude`. */
export function askOf(agent: Agent, now: number): string {
  switch (agent.status) {
    case 'waiting':
      return agent.ask === null ? 'Waits in its terminal' : askedLine(agent.ask);
    case 'stuck':
      return `Stuck ${ageText(agent.since, now)}`;
    case 'crashed':
      return 'Crashed';
    case 'parked':
      return agent.parked?.cause === 'login' ? `Log in to ${plainLine(agent.runtime)}` : 'Choose another model';
    default:
      return 'Unreadable state';
  }
}

/** The same, and how long it has needed that: `Allow npm test? 4m`. */
export function needOf(agent: Agent, now: number): string {
  const ask = askOf(agent, now);
  return agent.status === 'stuck' ? ask : `${ask} ${ageText(needsSince(agent), now)}`;
}

function askedLine(ask: AgentAsk): string {
  if (ask.kind === 'plan') return 'Review plan';
  const line = plainLine(ask.oneLine);
  if (ask.kind === 'question') return shortened(line === '' ? 'Asks something' : line, maxAsk);
  const file = ask.brief ? undefined : edit.exec(line)?.[1];
  return file === undefined ? `Allow ${shortened(line, maxAsk)}?` : `Edit ${shortened(lastPart(file), maxAsk)}?`;
}

/** What it does, short: the command without the name of its tool, paths as seen from the workspace. */
export function doingOf({ reason, workspace }: Agent): string {
  const line = plainLine(reason).replace(shell, '');
  return workspace === '' ? line : line.replaceAll(`${workspace}/`, '');
}

function lastPart(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
