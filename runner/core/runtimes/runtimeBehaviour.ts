import type { RequestAnswer } from '../../protocol/models.ts';
import type { HookEvent } from '../events/agentEvent.ts';
import type { ParkedSign } from './parkedSign.ts';
import type { TranscriptFormat } from './transcriptFormat.ts';

/**
 * What the runner must know of a tool to understand and to address an agent that runs. Pure, and the same whatever the
 * configuration says, so that agents of an earlier daemon are understood as well.
 */
export interface RuntimeBehaviour {
  /**
   * A hook's event in the words of Claude Code's events, which the runner thinks in (`UserPromptSubmit`, `Stop`, `tool_name`,
   * `tool_input.command`, ...). Undefined for one that says nothing.
   */
  translate?(event: HookEvent): HookEvent | undefined;
  /** What the title of its terminal says; undefined where it says nothing. */
  titleSign?(title: string): TitleSign | undefined;
  /**
   * What its screen says that nothing else tells, such as a limit's dialog; undefined where it says nothing special.
   * Looked at once a second, and only while it is starting or working.
   */
  screenSign?(screen: string, now: Date): (TitleSign & { until: string | null }) | undefined;
  /** The file of the tool's own in which a living process keeps what it does. */
  liveFile?: LiveFileFormat;
  transcript?: TranscriptFormat;
  typing?: Typing;
  /** What its waiting hook prints to decide the request of `event`; undefined when the hook cannot say it. */
  decide?(event: HookEvent, answer: RequestAnswer): unknown;
  dialogs?: DialogReader;
  /** While its hook waits the tool shows no dialog: the hook steps back for whoever looks at the terminal. */
  hookHidesDialog?: boolean;
  /** Its first report comes with the first prompt only, so that its title tells that it came up. */
  titleTellsStart?: boolean;
}

/** `quiet`: not busy; whether it is idle or asks something cannot be told from this. */
export type SignState = 'busy' | 'idle' | 'quiet' | 'waiting' | 'parked';

export type TitleSign = { state: Exclude<SignState, 'parked'>; detail: string } | ParkedSign;

/** Something other than a hook that says what an agent is doing. The newest of each source counts. */
export type LiveSign = TitleSign & SignDate;

interface SignDate {
  source: 'title' | 'sessionFile' | 'transcript' | 'screen';
  /** When what it says became so, as far as is known: its own time, else when it was first seen. ISO 8601. */
  since: string;
  /** When a parked agent can go on, where it is known. ISO 8601. */
  until: string | null;
}

export interface LiveFileFormat {
  /** The folder of all such files, absolute. */
  folder(env: Readonly<Record<string, string | undefined>>): string;
  /** Whose file it is and what it says; undefined when it is none. */
  read(text: string): { sessionId: string; pid: number; sign: LiveSign } | undefined;
}

/** How a message gets into the tool's composer as the person's own words, and is entered. */
export interface Typing {
  /** Undefined where the text cannot be typed so that it arrives intact: it is then put into a file, which one line names. */
  steps(text: string): readonly TypingStep[] | undefined;
  /** What enters what stands in the composer. */
  enter: readonly TypingStep[];
  /** What empties the composer of text that stood there; does nothing else where it is empty. */
  clear: readonly TypingStep[];
  /** The same, as the screen shows that it is needed. Without it, `clear`. */
  clearFor?(screen: string): readonly TypingStep[];
  /**
   * What becomes of a message that is entered while it works. `immediate`: it reports it at once. `later`: at some time
   * before the turn ends. `hold`: it must not be entered before the turn has ended. Without it, immediate.
   */
  whileBusy?: 'immediate' | 'later' | 'hold';
  /** It puts a prompt that was interrupted back into the composer, so that it is always cleared first. */
  restoresPrompts?: boolean;
  /** Whether the composer certainly stands on the screen (`tmux capture-pane -p`) and no dialog could take the keys. */
  isReady?(screen: string): boolean;
  /** Whether the composer shows the text that was typed: Enter is pressed only then, and once more while it still does. */
  shows?(screen: string, text: string): boolean;
  /** Whether the composer took what was typed for something else, as it would reach the model: it is typed anew, later. */
  spoils?(screen: string): boolean;
}

export type TypingStep =
  /** A bracketed paste. */
  | { kind: 'paste'; text: string }
  /** As if typed on a keyboard; holds no control characters. */
  | { kind: 'type'; text: string }
  | { kind: 'key'; key: TypingKey }
  | { kind: 'pause'; ms: number };

export type TypingKey = 'Enter' | 'Escape' | 'C-u' | 'C-k' | 'C-j' | 'C-c' | 'Up' | 'Down' | 'Tab' | 'Space' | 'BSpace';

/** For tools whose requests no hook can answer: a dialog is answered by keys, once the screen shows the very request. */
export interface DialogReader {
  /** The dialog that stands on the screen, as `tmux capture-pane -p` prints it; undefined when none is known for certain. */
  read(screen: string): ScreenDialog | undefined;
  /** How long after its report a dialog may take to show, in milliseconds: some tools wait for the hook that reports it. */
  appearsWithinMs?: number;
  /** Questions can be read and answered as well, one at a time. */
  readsQuestions?: boolean;
  /** What its answer for the session allows from then on, in words; undefined where it has none or that is not known. */
  sessionAllows?(event: HookEvent): string | undefined;
}

export interface ScreenDialog {
  /** What it asks about, as it stands there: the command, the file. Compared with the request before any key. */
  subject: string;
  /** The keys of each answer that it offers. */
  allow?: readonly TypingStep[];
  session?: readonly TypingStep[];
  deny?: readonly TypingStep[];
  /** The keys that answer its questions so, one answer each; undefined where keys cannot say it. */
  texts?(answers: readonly string[]): readonly TypingStep[] | undefined;
}
