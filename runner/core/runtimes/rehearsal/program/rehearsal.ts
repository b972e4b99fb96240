import { foldedPrompt } from './composer.ts';
import { type Conversation, interruptedNote, type Role } from './conversation.ts';
import type { Dialog } from './dialogs.ts';
import type { HookReporter, WaitingRequest } from './hookReporter.ts';
import type { InputEvent } from './inputParser.ts';
import type { PermissionMode } from './options.ts';
import { type OutsideAnswer, openOutsideRequest } from './outsideAnswer.ts';
import { playTurn, type TurnEnd } from './playTurn.ts';
import { PromptLine } from './promptLine.ts';
import type { Screen } from './screen.ts';
import { type Script, turnFor } from './script.ts';
import type { DialogAnswer, Stage } from './stage.ts';

interface RehearsalDeps {
  /** Where answers to requests appear that do not come from the keyboard. */
  readonly answersFolder: string | undefined;
  readonly conversation: Conversation;
  readonly cwd: string;
  readonly hooks: HookReporter;
  readonly issueId: string;
  readonly mode: PermissionMode;
  readonly screen: Screen;
  readonly script: Script;
  /** Ends the process at once, without a word. */
  readonly crash: (how: number | 'SIGKILL') => void;
  /** Ends the process; the terminal is in order. */
  readonly exit: (code: number) => void;
}

interface QueuedPrompt {
  readonly number: number;
  readonly text: string;
}

/** One conversation at the terminal: what is typed becomes prompts, and prompts become turns of the script. */
export class Rehearsal {
  readonly #deps: RehearsalDeps;
  readonly #promptLine: PromptLine;
  readonly #queue: QueuedPrompt[] = [];
  readonly #allowed = new Set<string>();
  #inputEnded = false;
  #lastWords = '';
  #turn: AbortController | null = null;

  constructor(deps: RehearsalDeps) {
    this.#deps = deps;
    this.#promptLine = new PromptLine(deps.screen, {
      interrupt: () => this.#turn?.abort(),
      leave: () => this.end(0, 'prompt_input_exit'),
      submit: (text) => this.submit(text),
    });
  }

  /** Takes a prompt: it is reported at once and played when the turns before it have ended. */
  submit(text: string): void {
    const { conversation, hooks, screen } = this.#deps;
    this.#keep('user', text);
    screen.print(`> ${foldedPrompt(text)}`);
    this.#queue.push({ number: conversation.promptCount, text });
    hooks.report('UserPromptSubmit', { prompt: text });
    if (this.#turn === null) void this.#playQueue();
  }

  /** Takes what one piece of input held, then draws the prompt line once. */
  input(events: readonly InputEvent[]): void {
    this.#promptLine.take(events);
    this.refresh();
  }

  /** The input has ended: the program ends when its turns have. */
  endInput(): void {
    this.#inputEnded = true;
    this.#promptLine.endInput();
    if (this.#turn === null) this.end(0, 'prompt_input_exit');
  }

  /** Ends the program in order. */
  end(code: number, reason: 'prompt_input_exit' | 'other'): void {
    this.#turn?.abort();
    this.#deps.hooks.report('SessionEnd', { reason });
    this.#deps.screen.close();
    this.#deps.exit(code);
  }

  /** Draws the prompt line and the title anew. */
  refresh(): void {
    this.#promptLine.draw();
    this.#deps.screen.title(this.#promptLine.asks ? 'waiting' : this.#turn === null ? 'idle' : 'working');
  }

  async #playQueue(): Promise<void> {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      this.#turn = new AbortController();
      this.refresh();
      const end = await this.#play(next, this.#turn.signal);
      // What was submitted meanwhile belongs to the same turn, as with real tools: one Stop for all of it.
      if (end.kind === 'stopped' && this.#queue.length > 0) continue;
      // Idle on the screen before the event goes out: whoever reacts to the event must find it so.
      this.#turn = null;
      this.refresh();
      this.#finish(end);
    }
    if (this.#inputEnded) this.end(0, 'prompt_input_exit');
  }

  #play(prompt: QueuedPrompt, signal: AbortSignal): Promise<TurnEnd> {
    const { cwd, hooks, issueId, mode, script } = this.#deps;
    this.#lastWords = '';
    const stage: Stage = {
      cwd,
      issueId,
      mode,
      prompt: prompt.text,
      signal,
      allowed: this.#allowed,
      ask: (dialog, announce) => this.#ask(dialog, announce),
      note: (text) => this.#show('tool', text),
      report: (name, fields, request) => hooks.report(name, fields, request),
      say: (text) => this.#show('assistant', text),
    };
    const steps = turnFor(script, prompt.number) ?? [{ kind: 'say', text: 'Nothing more in the script.' }];
    return playTurn(steps, script.paceMs, stage);
  }

  /** Whichever comes first answers: the keyboard or the folder. */
  async #ask(dialog: Dialog, announce: (request: WaitingRequest | undefined) => void): Promise<DialogAnswer> {
    // The dialog opens first: whoever reacts to the event must find it open.
    const typed = this.#promptLine.ask(dialog).then(typedAnswer);
    this.refresh();
    let answerOutside: (answer: OutsideAnswer) => void = () => undefined;
    const outside = new Promise<OutsideAnswer>((resolve) => {
      answerOutside = resolve;
    });
    const request = openOutsideRequest(this.#deps.answersFolder, answerOutside);
    announce(request);
    const answer = await Promise.race([typed, outside.then((given) => outsideAnswer(dialog, given))]);
    request?.close();
    this.#promptLine.dismiss();
    this.refresh();
    return answer;
  }

  #finish(end: TurnEnd): void {
    const { crash, hooks, screen } = this.#deps;
    switch (end.kind) {
      case 'stopped':
        hooks.report('Stop', { last_assistant_message: this.#lastWords, background_tasks: [] });
        return;
      case 'interrupted':
        // Real tools report nothing here, and only keep it in the conversation; so does this one.
        screen.print(interruptedNote);
        this.#keep('tool', interruptedNote);
        return;
      case 'failed': {
        const { error, message, resetsAt } = end;
        screen.print(message);
        hooks.report('StopFailure', { error, message, ...(resetsAt === null ? {} : { resets_at: resetsAt }) });
        return;
      }
      case 'exited':
        this.end(end.code, 'other');
        return;
      case 'crashed':
        crash(end.how);
        return;
    }
  }

  #show(role: Role, text: string): void {
    if (role === 'assistant') this.#lastWords = text;
    this.#deps.screen.print(role === 'assistant' ? `rehearsal: ${text}` : `  ${text.replaceAll('\n', '\n  ')}`);
    this.#keep(role, text);
  }

  #keep(role: Role, text: string): void {
    try {
      this.#deps.conversation.add(role, text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#deps.screen.print(`The conversation could not be kept: ${reason}`);
    }
  }
}

function typedAnswer(text: string | null): DialogAnswer {
  return text === null ? { kind: 'denied', message: '' } : { kind: 'allowed', text, always: false };
}

function outsideAnswer(dialog: Dialog, given: OutsideAnswer): DialogAnswer {
  if (given.kind === 'denied') return given;
  const answer = dialog.kind === 'question' ? given.answers[dialog.text] : 'Yes';
  return { kind: 'allowed', text: typeof answer === 'string' ? answer : '', always: given.always };
}
