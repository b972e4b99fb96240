import { dayTime } from '../../runner/protocol/dayTime.ts';
import type { Agent, Explanation } from '../../runner/protocol/models.ts';
import { type NextStep, nextStep } from './nextStep.ts';

/** What the view says above the tabs about a state in which an agent does not go on by itself. */
export interface StateNote {
  /** One thing to read from afar: a time. */
  big: string | null;
  text: string;
  isBusy: boolean;
  /** The end of its screen tells why. */
  showsLastLines: boolean;
  /** The next step. */
  button: NextStep | null;
}

type Noted = {
  agent: Pick<Agent, 'status' | 'reason' | 'ask' | 'parked' | 'trouble' | 'runtime' | 'sessionId'>;
} & Pick<Explanation, 'next'>;

const quiet: StateNote = { big: null, text: '', isBusy: false, showsLastLines: false, button: null };

/**
 * Undefined while it works, waits for an answer, or is idle, and nothing hinders it: the header and the card say
 * everything.
 */
export function stateNote(noted: Noted, workspaceIsGone: boolean): StateNote | undefined {
  const { status, trouble } = noted.agent;
  const note = statusNote(noted, workspaceIsGone);
  // What goes on with one that crashed makes its workspace again.
  if (trouble === null || (status === 'crashed' && trouble.kind === 'workspaceMissing')) return note;
  const { text } = note ?? quiet;
  return { ...quiet, ...note, text: `${sentence(text)}${trouble.message}`, button: nextStep(noted) };
}

function statusNote({ agent, next }: Noted, workspaceIsGone: boolean): StateNote | undefined {
  const reason = begun(agent);
  const note = { ...quiet, text: reason };
  const button = nextStep({ agent, next });
  switch (agent.status) {
    case 'starting':
      return { ...note, text: agent.reason === '' ? 'Starting…' : `Starting… ${agent.reason}`, isBusy: true };
    case 'parked':
      return { ...note, text: parkedText(agent, reason), big: backAt(agent.parked?.until), button };
    case 'stuck':
      return { ...note, button: { label: 'Show Why', act: 'why' } };
    case 'crashed':
      return { ...note, text: withWorkspace(reason, workspaceIsGone, button), showsLastLines: true, button };
    case 'stopped':
      return workspaceIsGone
        ? { ...note, text: withWorkspace(reason, true, button), button }
        : { ...note, text: `${sentence(reason)}${kept(agent)}`, button };
    case 'done':
      return workspaceIsGone
        ? { ...note, text: `${sentence(reason)}Its workspace was destroyed. Its branch is kept.` }
        : { ...note, button: { label: 'Show Changes', act: 'changes' } };
    case 'unknown':
    case 'unreadable':
      return { ...note, button: { label: 'Show Why', act: 'why' } };
    case 'waiting':
      return agent.ask === null ? { ...note, text: 'It waits for you in its terminal.', button } : undefined;
    case 'working':
    case 'idle':
      return undefined;
  }
}

function kept({ sessionId }: Pick<Agent, 'sessionId'>): string {
  return sessionId === null ? 'Workspace is kept.' : 'Workspace and conversation are kept.';
}

/** The header says already that it is logged out. */
function parkedText({ parked, runtime }: Pick<Agent, 'parked' | 'runtime'>, reason: string): string {
  return parked?.cause === 'login' ? `Log in to ${runtime}, then tell it to go on.` : reason;
}

/** The reason as a sentence begins; the names of tools and files stay as they are. */
function begun({ reason, runtime }: Pick<Agent, 'reason' | 'runtime'>): string {
  if (reason.startsWith(runtime) || /^\S*\./.test(reason)) return reason;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
}

function withWorkspace(reason: string, isGone: boolean, button: NextStep | null): string {
  if (!isGone) return reason;
  const how = button?.act === 'resume' ? 'Resume makes it' : 'A new start makes it';
  return `${sentence(reason)}Its workspace was destroyed. ${how} again from its branch.`;
}

function backAt(time: string | null | undefined): string | null {
  return time === null || time === undefined ? null : dayTime(time, new Date());
}

function sentence(reason: string): string {
  if (reason === '') return '';
  return `${reason}${/[.?!]$/.test(reason) ? '' : '.'} `;
}
