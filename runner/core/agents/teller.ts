import type { TellPreview, TellResult } from '../../protocol/models.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import { cutLong } from '../events/trimEvent.ts';
import type { Clock, Log } from '../ports.ts';
import type { RuntimeBehaviour, Typing, TypingStep } from '../runtimes/runtimeBehaviour.ts';
import type { Typist } from '../tmux/typist.ts';
import type { Activity } from './activity.ts';
import type { AgentReader, AgentSituation } from './agentReader.ts';
import type { AgentSigns } from './agentSigns.ts';
import type { AgentState } from './agentState.ts';
import { EnteredMail, notTaken, wasReported } from './enteredMail.ts';
import type { EventLog } from './eventLog.ts';
import type { Mail, Mailbox } from './mailbox.ts';
import { holds, promptOf, type Receipt, type ReceiptAnswer, Receipts } from './receipts.ts';
import { reconcile } from './reconcile.ts';
import { runnerEvent } from './runnerEvents.ts';
import { answerOrEnter, untilReady, untilShown } from './shownText.ts';
import { byFile, hasControls } from './typeableText.ts';

export interface TellerDeps {
  clock: Clock;
  log: Log;
  events: EventLog;
  reader: AgentReader;
  mailbox: Mailbox;
  typist: Typist;
  signs: Pick<AgentSigns, 'of'>;
  behaviourOf(runtime: string): RuntimeBehaviour;
  /** Takes what the hooks left meanwhile, so that a dialog opened a moment ago is known. */
  drainSpool(): Promise<void>;
  /** Has what waits delivered a little later. */
  deliverSoon(agentId: string): void;
}

/** A terminal in line mode cuts a line at 4096 bytes, so a tool of which nothing is known gets longer text by file. */
const maxUnconfirmedBytes = 4_000;

type Situation = 'safe' | 'starting' | 'asking' | 'busy' | 'not ready' | 'gone' | 'hindered';

/** Delivers messages: kept as mail first, typed only when no dialog could take them for an answer, proved by a receipt. */
export class Teller {
  private readonly deps: TellerDeps;
  private readonly receipts: Receipts;
  readonly entered: EnteredMail;

  constructor(deps: TellerDeps) {
    this.deps = deps;
    this.receipts = new Receipts(deps.clock);
    this.entered = new EnteredMail({ ...deps, note: (state, mail, result) => this.note(state, mail, result) });
  }

  /** What `tell` would do at this moment. */
  async preview(situation: AgentSituation): Promise<TellPreview> {
    const waiting = (await this.deps.mailbox.queued(situation.state.id)).length;
    return previewOf(situation, this.classify(situation), waiting);
  }

  /** The agent must be alive, and its other changes must be held off while this runs. */
  async tell(situation: AgentSituation, text: string): Promise<TellResult> {
    const { mailbox } = this.deps;
    const earlier = await mailbox.queued(situation.state.id);
    const waiting = earlier.length;
    const mail = await mailbox.add(situation.state.id, text);
    if (waiting === 0) return this.deliver(situation, mail);
    if (this.classify(situation) === 'safe') this.deps.deliverSoon(situation.state.id);
    return this.note(situation.state, mail, queued(situation.state, this.classify(situation), waiting));
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
    this.receipts.giveUp(agentId);
  }

  /** Compares a prompt that the agent reports with the message that waits for its receipt. */
  noticePrompt(agentId: string, event: AgentEvent): void {
    const prompt = promptOf(event);
    if (prompt !== undefined) this.receipts.notice(agentId, prompt, 'its UserPromptSubmit hook reported the message');
  }

  /** The same with what the agent's tool wrote into the conversation. */
  noticeTranscript(agentId: string, text: string): void {
    this.receipts.notice(agentId, text, 'the message stands in its transcript');
  }

  /** `again`: it was queued before, and that it still is needs no new line in the evidence. */
  private async deliver(situation: AgentSituation, mail: Mail, again = false): Promise<TellResult> {
    const { state } = situation;
    const moment = this.classify(situation);
    if (moment !== 'safe') return this.queue(state, mail, moment, again);
    const confirms = state.capabilities.confirmsMessages;
    const text = await this.typeable(state, mail);
    if (confirms && (await this.wasTaken(state, mail, text))) {
      await this.deps.mailbox.mark(state.id, mail, 'delivered');
      return this.note(state, mail, wasReported);
    }
    const begunAt = this.deps.clock.monotonicMs();
    const receipt = confirms ? this.receipts.expect(state.id, text) : undefined;
    try {
      const after = await this.type(state, mail, text);
      if (after !== 'safe') return await this.queue(state, mail, after, again);
      if (receipt === undefined) {
        await this.deps.mailbox.mark(state.id, mail, 'sent');
        return await this.note(state, mail, { outcome: 'sent', detail: noReceipt(state), tookMs: null });
      }
      const answer = await this.answerOf(receipt, state, text);
      if (answer.kind === 'given up') return await this.note(state, mail, queued(state, 'gone', 0));
      if (answer.kind === 'none in time') return await this.notConfirmed(state, mail);
      await this.deps.mailbox.mark(state.id, mail, 'delivered');
      const tookMs = Math.round(this.deps.clock.monotonicMs() - begunAt);
      return await this.note(state, mail, { outcome: 'delivered', detail: answer.proof, tookMs });
    } catch (error) {
      this.deps.log.error(`a message to ${state.id} could not be typed`, error);
      this.deps.deliverSoon(state.id);
      return await this.note(state, mail, queued(state, 'hindered', 0));
    } finally {
      receipt?.cancel();
    }
  }

  /** Whether the agent took the message although whoever typed it did not live to see it. */
  private async wasTaken(state: AgentState, { pastedAt }: Mail, text: string): Promise<boolean> {
    if (pastedAt === undefined) return false;
    await this.deps.drainSpool();
    const { history } = await this.deps.reader.situation(state);
    // Long texts are kept cut.
    const kept = cutLong(text);
    return history.recent.some((entry) => entry.at >= pastedAt && holds(promptOf(entry) ?? '', kept));
  }

  private answerOf({ answer }: Receipt, state: AgentState, text: string): Promise<ReceiptAnswer> {
    const { clock, typist } = this.deps;
    const typing = this.typingOf(state);
    const enter = async (): Promise<void> => {
      if ((await this.recheck(state, typing)) === 'safe') await typist.type(state.id, typing.enter);
    };
    return answerOrEnter(answer, text, typing, { clock, screen: () => typist.screen(state.id), enter });
  }

  private async notConfirmed(state: AgentState, mail: Mail): Promise<TellResult> {
    const takesLater = this.typingOf(state).whileBusy === 'later';
    if (!takesLater || this.doing(await this.deps.reader.situation(state)) !== 'working') {
      await this.deps.mailbox.mark(state.id, mail, 'unconfirmed');
      return this.note(state, mail, notTaken(state, mail));
    }
    await this.entered.add(state.id, mail);
    const detail = `${state.issueId} has it in its own queue and takes it up within its turn`;
    return this.note(state, mail, { outcome: 'queued', detail, tookMs: null });
  }

  private async queue(state: AgentState, mail: Mail, moment: Situation, again: boolean): Promise<TellResult> {
    // No report tells when its composer stands on the screen again.
    if (moment === 'not ready') this.deps.deliverSoon(state.id);
    return again ? queued(state, moment, 0) : this.note(state, mail, queued(state, moment, 0));
  }

  /** Types, then enters if the moment is still safe; answers what it was. What is not entered goes on waiting. */
  private async type(state: AgentState, mail: Mail, text: string): Promise<Situation> {
    const { mailbox, typist } = this.deps;
    const typing = this.typingOf(state);
    await untilReady(typing, { clock: this.deps.clock, screen: () => this.deps.typist.screen(state.id) });
    const before = await this.recheck(state, typing);
    if (before !== 'safe') return before;
    // What was typed before and never entered may still stand there: it would be entered with this.
    if (typing.restoresPrompts === true || (await mailbox.isUnproved(state.id))) {
      const clear = typing.clearFor?.(await typist.screen(state.id)) ?? typing.clear;
      await typist.type(state.id, clear);
    }
    await mailbox.notePaste(state.id, mail);
    await typist.type(state.id, typing.steps(text) ?? pasted(text));
    const isShown = await untilShown(text, typing, { clock: this.deps.clock, screen: () => typist.screen(state.id) });
    if (!isShown) return 'not ready';
    const after = await this.recheck(state, typing);
    if (after !== 'safe') return after;
    if (typing.spoils?.(await typist.screen(state.id)) === true) return 'not ready';
    await typist.type(state.id, typing.enter);
    return after;
  }

  /** A dialog may have opened, and Enter would answer it; its report comes up to 0.1 s after it stands on the screen. */
  private async recheck(state: AgentState, typing: Typing): Promise<Situation> {
    await this.deps.drainSpool();
    const moment = this.classify(await this.deps.reader.situation(state));
    if (moment !== 'safe' || typing.isReady === undefined) return moment;
    return typing.isReady(await this.deps.typist.screen(state.id)) ? 'safe' : 'not ready';
  }

  /** A terminal cannot take every text: what could act as a key is put into a file, and one line names the file. */
  private async typeable(state: AgentState, mail: Mail): Promise<string> {
    const confirms = state.capabilities.confirmsMessages;
    const short = confirms || Buffer.byteLength(mail.text) <= maxUnconfirmedBytes;
    if (short && !hasControls(mail.text) && this.typingOf(state).steps(mail.text) !== undefined) return mail.text;
    return byFile(await this.deps.mailbox.writeOut(state.id, mail));
  }

  private typingOf({ runtime }: AgentState): Typing {
    return this.deps.behaviourOf(runtime).typing ?? plainTyping;
  }

  /** Some interruptions are told by no report, so that the turn's end shows otherwise. */
  async settleIdle(state: AgentState): Promise<void> {
    if (this.doing(await this.deps.reader.situation(state)) === 'idle') await this.entered.giveUpSoon(state);
  }

  /** What it does, as its reports and what else is seen of it say. */
  private doing({ state, history }: AgentSituation): Activity['kind'] {
    const { activity, activityAt } = history;
    if (activity.kind === 'dead' || activity.kind === 'startFailed') return activity.kind;
    if (history.launchId !== state.launchId) return 'starting';
    const signs = this.deps.signs.of(state.id);
    const { titleTellsStart = false } = this.deps.behaviourOf(state.runtime);
    return reconcile(activity, activityAt, { signs, titleTellsStart, now: this.deps.clock.now() }).activity.kind;
  }

  /** Rests on the agent's own reports and on what else shows a dialog, not on the verdict: no evidence may hide one. */
  private classify(situation: AgentSituation): Situation {
    const { state, pane } = situation;
    if (pane.kind !== 'alive') return 'gone';
    if (!state.capabilities.reportsEvents) return 'safe';
    const doing = this.doing(situation);
    if (doing === 'dead' || doing === 'startFailed') return 'gone';
    if (doing === 'starting') return 'starting';
    if (doing === 'waiting' || this.seesDialog(state)) return 'asking';
    return doing === 'working' && this.typingOf(state).whileBusy === 'hold' ? 'busy' : 'safe';
  }

  /**
   * Whether something else than a report shows a dialog. What a title says is up to a second late: where the screen is
   * looked at before anything is typed, it counts only once it settled.
   */
  private seesDialog(state: AgentState): boolean {
    const looksFirst = this.typingOf(state).isReady !== undefined;
    return !looksFirst && this.deps.signs.of(state.id).some((sign) => sign.state === 'waiting');
  }

  private async note(state: AgentState, mail: Mail, result: TellResult): Promise<TellResult> {
    const told = { type: 'told', outcome: result.outcome, text: mail.text.slice(0, 300) } as const;
    await this.deps.events.append(state.id, runnerEvent(state, this.deps.clock.now().toISOString(), told));
    return result;
  }
}

const plainTyping: Typing = {
  steps: pasted,
  enter: [{ kind: 'key', key: 'Enter' }],
  clear: [{ kind: 'key', key: 'C-u' }],
};

function pasted(text: string): TypingStep[] {
  return [{ kind: 'paste', text }];
}

function previewOf({ state, verdict }: AgentSituation, moment: Situation, waiting: number): TellPreview {
  if (moment !== 'safe' || waiting > 0)
    return { effect: 'queues', detail: `${state.issueId} ${whyQueued(moment, waiting)}: your message will be queued` };
  if (!state.capabilities.confirmsMessages) return { effect: 'sends', detail: noReceipt(state) };
  if (verdict.status === 'stuck')
    return { effect: 'joins', detail: `${state.issueId} looks stuck: it reads your message when it goes on` };
  if (verdict.status === 'working')
    return { effect: 'joins', detail: `${state.issueId} is working: your message joins what it does` };
  return { effect: 'wakes', detail: `${state.issueId} is ${verdict.status}: your message begins a turn` };
}

function queued(state: AgentState, moment: Situation, before: number): TellResult {
  return { outcome: 'queued', detail: `${state.issueId} ${whyQueued(moment, before)}`, tookMs: null };
}

function noReceipt({ runtime }: AgentState): string {
  return `${runtime} gives no receipt, so it is not known whether your message is read`;
}

function whyQueued(moment: Situation, before: number): string {
  if (before > 0) return `has ${before} earlier message${before === 1 ? '' : 's'} waiting`;
  if (moment === 'asking') return 'is asking something';
  if (moment === 'busy') return 'takes messages only between its turns';
  if (moment === 'not ready') return 'shows something else than its message field';
  if (moment === 'hindered') return 'could not be reached in its terminal';
  return moment === 'starting' ? 'is starting' : 'has ended meanwhile';
}
