import type { TellResult } from '../../protocol/models.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import { cutLong } from '../events/trimEvent.ts';
import type { Clock, Log } from '../ports.ts';
import type { TmuxServer } from '../tmux/tmuxServer.ts';
import type { AgentReader, AgentSituation } from './agentReader.ts';
import type { AgentState } from './agentState.ts';
import type { EventLog } from './eventLog.ts';
import type { Mail, Mailbox } from './mailbox.ts';
import { runnerEvent } from './runnerEvents.ts';

export interface TellerDeps {
  clock: Clock;
  log: Log;
  events: EventLog;
  reader: AgentReader;
  mailbox: Mailbox;
  tmux: TmuxServer;
  /** Takes what the hooks left meanwhile, so that a dialog opened a moment ago is known. */
  drainSpool(): Promise<void>;
  /** Has what waits delivered a little later. */
  deliverSoon(agentId: string): void;
}

/** How long a receipt is waited for: 60 of 60 measured receipts of a real tool came within 0.9 s. */
const receiptTimeoutMs = 10_000;
/** A terminal in line mode cuts a line at 4096 bytes, so a tool of which nothing is known gets longer text by file. */
const maxUnconfirmedBytes = 4_000;

interface Receipt {
  answer: Promise<ReceiptAnswer>;
  cancel(): void;
}

/** `given up`: something more urgent was to be done; whether the agent has the message is not known. */
type ReceiptAnswer = 'arrived' | 'none in time' | 'given up';

interface Expected {
  text: string;
  resolve(): void;
  giveUp(): void;
}

type Situation = 'safe' | 'starting' | 'asking' | 'gone' | 'hindered';

/** Delivers messages: kept as mail first, typed only when no dialog could take them for an answer, proved by a receipt. */
export class Teller {
  private readonly deps: TellerDeps;
  private readonly receipts = new Map</* agent id */ string, Expected>();

  constructor(deps: TellerDeps) {
    this.deps = deps;
  }

  /** The agent must be alive, and its other changes must be held off while this runs. */
  async tell(situation: AgentSituation, text: string): Promise<TellResult> {
    const { mailbox } = this.deps;
    const earlier = await mailbox.queued(situation.state.id);
    const waiting = earlier.length;
    const mail = await mailbox.add(situation.state.id, text);
    if (waiting === 0) return this.deliver(situation, mail);
    if (classify(situation) === 'safe') this.deps.deliverSoon(situation.state.id);
    return this.note(situation.state, mail, queued(situation.state, classify(situation), waiting));
  }

  /** Delivers what waits, oldest first, until something does not arrive. */
  async deliverQueued(state: AgentState): Promise<void> {
    for (const mail of [...(await this.deps.mailbox.queued(state.id))]) {
      const result = await this.deliver(await this.deps.reader.situation(state), mail, true);
      if (result.outcome === 'queued' || result.outcome === 'failed') return;
    }
  }

  /** Stops waiting for the receipt of what is being told: something more urgent has to be done to the agent. */
  giveUp(agentId: string): void {
    this.receipts.get(agentId)?.giveUp();
  }

  /** Compares a prompt that the agent reports with the message that waits for its receipt. */
  noticePrompt(agentId: string, event: AgentEvent): void {
    const expected = this.receipts.get(agentId);
    if (expected !== undefined && promptOf(event) === normalized(expected.text)) expected.resolve();
  }

  /** `again`: it was queued before, and that it still is needs no new line in the evidence. */
  private async deliver(situation: AgentSituation, mail: Mail, again = false): Promise<TellResult> {
    const { state } = situation;
    const moment = classify(situation);
    if (moment !== 'safe') return again ? queued(state, moment, 0) : this.note(state, mail, queued(state, moment, 0));
    const confirms = state.capabilities.confirmsMessages;
    const text = await this.typeable(state.id, mail, confirms);
    if (confirms && wasReported(situation, mail, text)) {
      await this.deps.mailbox.mark(state.id, mail, 'delivered');
      return this.note(state, mail, delivered(null));
    }
    const begunAt = this.deps.clock.monotonicMs();
    const receipt = confirms ? this.expectReceipt(state.id, text) : undefined;
    try {
      const after = await this.type(state, mail, text);
      if (after !== 'safe') return await this.note(state, mail, queued(state, after, 0));
      if (receipt === undefined) {
        await this.deps.mailbox.mark(state.id, mail, 'sent');
        const detail = `${state.runtime} cannot confirm that it read it`;
        return await this.note(state, mail, { outcome: 'sent', detail, tookMs: null });
      }
      const answer = await receipt.answer;
      if (answer === 'given up') return await this.note(state, mail, queued(state, 'gone', 0));
      await this.deps.mailbox.mark(state.id, mail, answer === 'arrived' ? 'delivered' : 'unconfirmed');
      const took = this.deps.clock.monotonicMs() - begunAt;
      return await this.note(state, mail, answer === 'arrived' ? delivered(took) : notTaken(state, mail));
    } catch (error) {
      this.deps.log.error(`a message to ${state.id} could not be typed`, error);
      this.deps.deliverSoon(state.id);
      return await this.note(state, mail, queued(state, 'hindered', 0));
    } finally {
      receipt?.cancel();
    }
  }

  /** Pastes, then presses Enter if the moment is still safe; answers what it was. What is not entered goes on waiting. */
  private async type(state: AgentState, mail: Mail, text: string): Promise<Situation> {
    const { mailbox, tmux } = this.deps;
    // What was typed before and never entered may still stand there: it would be entered with this.
    if (mail.pastedAt !== undefined) await tmux.sendKeys(state.id, 'C-u');
    await mailbox.notePaste(state.id, mail);
    await tmux.paste(state.id, text);
    const after = await this.recheck(state);
    if (after === 'safe') await tmux.sendKeys(state.id, 'Enter');
    return after;
  }

  /** Between paste and Enter a dialog may have opened, and Enter would answer it. */
  private async recheck(state: AgentState): Promise<Situation> {
    await this.deps.drainSpool();
    return classify(await this.deps.reader.situation(state));
  }

  /** A terminal cannot take every text: what could act as a key is put into a file, and one line names the file. */
  private async typeable(agentId: string, mail: Mail, confirms: boolean): Promise<string> {
    const fits = !hasControls(mail.text) && (confirms || Buffer.byteLength(mail.text) <= maxUnconfirmedBytes);
    if (fits) return mail.text;
    const file = await this.deps.mailbox.writeOut(agentId, mail);
    return `The person who runs you sent you a message. Read it in this file and carry it out: ${file}`;
  }

  private expectReceipt(agentId: string, text: string): Receipt {
    let settle: (answer: ReceiptAnswer) => void = () => undefined;
    const answer = new Promise<ReceiptAnswer>((resolve) => {
      settle = resolve;
    });
    const cancelTimer = this.deps.clock.after(receiptTimeoutMs, () => settle('none in time'));
    const expected = { text, resolve: () => settle('arrived'), giveUp: () => settle('given up') };
    this.receipts.set(agentId, expected);
    const cancel = (): void => {
      cancelTimer();
      if (this.receipts.get(agentId) === expected) this.receipts.delete(agentId);
    };
    return { answer, cancel };
  }

  private async note(state: AgentState, mail: Mail, result: TellResult): Promise<TellResult> {
    const told = { type: 'told', outcome: result.outcome, text: mail.text.slice(0, 300) } as const;
    await this.deps.events.append(state.id, runnerEvent(state, this.deps.clock.now().toISOString(), told));
    return result;
  }
}

/** Rests on the agent's own reports, not on the verdict: no other evidence may hide an open dialog. */
function classify({ state, history, pane }: AgentSituation): Situation {
  if (pane.kind !== 'alive') return 'gone';
  if (!state.capabilities.reportsEvents) return 'safe';
  if (history.launchId !== state.launchId || history.activity.kind === 'starting') return 'starting';
  return history.activity.kind === 'waiting' ? 'asking' : 'safe';
}

function queued(state: AgentState, moment: Situation, before: number): TellResult {
  return {
    outcome: 'queued',
    detail: `${state.issueId} ${whyQueued(moment, before)}, so your message is queued`,
    tookMs: null,
  };
}

function whyQueued(moment: Situation, before: number): string {
  if (before > 0) return `has ${before} earlier message${before === 1 ? '' : 's'} waiting`;
  if (moment === 'asking') return 'is asking something';
  if (moment === 'hindered') return 'could not be reached in its terminal';
  return moment === 'starting' ? 'is starting' : 'has ended meanwhile';
}

/** Whether the agent took the message although whoever typed it did not live to see it. */
function wasReported({ history }: AgentSituation, mail: Mail, text: string): boolean {
  const { pastedAt } = mail;
  if (pastedAt === undefined) return false;
  const kept = normalized(cutLong(text));
  return history.recent.some((entry) => entry.at >= pastedAt && promptOf(entry) === kept);
}

/** The prompt that an event reports, as it can be compared; undefined for other events. */
function promptOf(entry: AgentEvent): string | undefined {
  if (entry.source !== 'hook' || entry.event.hook_event_name !== 'UserPromptSubmit') return undefined;
  const prompt = entry.event['prompt'];
  return typeof prompt === 'string' ? normalized(prompt) : undefined;
}

function delivered(tookMs: number | null): TellResult {
  const detail = 'its UserPromptSubmit hook reported the message';
  return { outcome: 'delivered', detail, tookMs: tookMs === null ? null : Math.round(tookMs) };
}

function notTaken(state: AgentState, mail: Mail): TellResult {
  const detail = `${state.issueId} did not take the message within ${receiptTimeoutMs / 1000} s; it is kept as mail ${mail.id}`;
  return { outcome: 'failed', detail, tookMs: null };
}

/** Any C0 or C1 control but tab and line feed: typed into a terminal they are keys (ESC, Ctrl-C), not text. */
function hasControls(text: string): boolean {
  return /(?![\n\t])\p{Cc}/u.test(text);
}

/** Tools trim what is pasted and agree on LF. */
function normalized(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}
