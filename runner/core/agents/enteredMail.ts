import type { TellResult } from '../../protocol/models.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import type { Clock, Log } from '../ports.ts';
import type { AgentState } from './agentState.ts';
import { endsTurn } from './endsTurn.ts';
import type { Mail, Mailbox } from './mailbox.ts';
import { holds, promptOf, receiptTimeoutMs } from './receipts.ts';
import { byFile } from './typeableText.ts';

export interface EnteredMailDeps {
  mailbox: Mailbox;
  clock: Clock;
  log: Log;
  /** Notes what became of a message. */
  note(state: AgentState, mail: Mail, result: TellResult): Promise<unknown>;
}

/** Follows messages that were typed and whose receipt nobody waits for any more. */
export class EnteredMail {
  private readonly deps: EnteredMailDeps;
  private readonly typed = new Map</* agent id */ string, Mail[]>();

  constructor(deps: EnteredMailDeps) {
    this.deps = deps;
  }

  /** It was entered while the tool was busy, which takes it up later. */
  async add(agentId: string, mail: Mail): Promise<void> {
    const earlier = await this.of(agentId);
    await this.deps.mailbox.mark(agentId, mail, 'typed');
    this.typed.set(agentId, [...earlier, mail]);
  }

  /** A new launch has nothing of what its tool had in its own queue. */
  async queueAgain(agentId: string): Promise<void> {
    this.typed.delete(agentId);
    await this.deps.mailbox.queueAgain(agentId);
  }

  /** What the agent reports now, also of what a daemon typed that did not live to see it; a turn's end gives up the rest. */
  async settle(state: AgentState, event: AgentEvent): Promise<void> {
    const prompt = promptOf(event);
    if (prompt === undefined) {
      if (endsTurn(event)) await this.giveUpSoon(state);
      return;
    }
    const pasted = (await this.deps.mailbox.queued(state.id)).filter(
      ({ pastedAt }) => pastedAt !== undefined && pastedAt <= event.at,
    );
    for (const mail of [...(await this.of(state.id)), ...pasted]) {
      const line = byFile(this.deps.mailbox.fileOf(state.id, mail));
      if (holds(prompt, mail.text) || holds(prompt, line)) await this.end(state, mail, 'delivered', wasReported);
    }
  }

  /** The turn is over: what is not reported shortly after never will be. */
  async giveUpSoon(state: AgentState): Promise<void> {
    const waiting = await this.of(state.id);
    if (waiting.length > 0) this.deps.clock.after(receiptTimeoutMs, () => void this.giveUp(state, waiting));
  }

  private async giveUp(state: AgentState, mails: readonly Mail[]): Promise<void> {
    try {
      const left = await this.of(state.id);
      for (const mail of mails.filter((each) => left.includes(each))) {
        await this.end(state, mail, 'unconfirmed', notTaken(state, mail));
      }
    } catch (error) {
      this.deps.log.error(`what became of a message to ${state.id} was not noted`, error);
    }
  }

  private async end(state: AgentState, mail: Mail, as: 'delivered' | 'unconfirmed', result: TellResult): Promise<void> {
    const left = (await this.of(state.id)).filter((each) => each !== mail);
    this.typed.set(state.id, left);
    await this.deps.mailbox.mark(state.id, mail, as);
    await this.deps.note(state, mail, result);
  }

  private async of(agentId: string): Promise<Mail[]> {
    const known = this.typed.get(agentId);
    if (known !== undefined) return known;
    const found = await this.deps.mailbox.typed(agentId);
    this.typed.set(agentId, found);
    return found;
  }
}

/** It was typed by somebody who did not wait for its receipt. */
export const wasReported: TellResult = {
  outcome: 'delivered',
  detail: 'its UserPromptSubmit hook had reported the message',
  tookMs: null,
};

export function notTaken(state: AgentState, mail: Mail): TellResult {
  const detail = `${state.issueId} did not take the message within ${receiptTimeoutMs / 1000} s; it is kept as mail ${mail.id}`;
  return { outcome: 'failed', detail, tookMs: null };
}
