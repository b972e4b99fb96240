import type { Agent, Explanation } from '../../runner/protocol/models.ts';
import { clockTime } from '../shared/ages.ts';
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

/** Undefined while it works, waits for an answer, or is idle: the header and the card say everything. */
export function stateNote(
  { agent, next }: { agent: Pick<Agent, 'status' | 'reason' | 'parked' | 'runtime'> } & Pick<Explanation, 'next'>,
  workspaceIsGone: boolean,
): StateNote | undefined {
  const reason = begun(agent);
  const note = { big: null, text: reason, isBusy: false, showsLastLines: false, button: null };
  const button = nextStep(next);
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
        : { ...note, text: `${sentence(reason)}Workspace and conversation are kept.`, button };
    case 'done':
      return workspaceIsGone
        ? { ...note, text: `${sentence(reason)}Its workspace was destroyed. Its branch is kept.` }
        : { ...note, button: { label: 'Show Changes', act: 'changes' } };
    case 'unknown':
    case 'unreadable':
      return { ...note, button: { label: 'Show Why', act: 'why' } };
    case 'working':
    case 'waiting':
    case 'idle':
      return undefined;
  }
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
  return time === null || time === undefined ? null : clockTime(time);
}

function sentence(reason: string): string {
  if (reason === '') return '';
  return `${reason}${/[.?!]$/.test(reason) ? '' : '.'} `;
}
