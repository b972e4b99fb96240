import type { AgentEvent } from '../events/agentEvent.ts';
import type { Clock } from '../ports.ts';

/** How long a receipt is waited for: 60 of 60 measured receipts of a real tool came within 0.9 s. */
export const receiptTimeoutMs = 10_000;

/** `given up`: something more urgent was to be done; whether the agent has the message is not known. */
export type ReceiptAnswer = { kind: 'arrived'; proof: string } | { kind: 'none in time' } | { kind: 'given up' };

export interface Receipt {
  answer: Promise<ReceiptAnswer>;
  cancel(): void;
}

interface Expected {
  text: string;
  settle(answer: ReceiptAnswer): void;
}

/** Waits for the proof that a message arrived: the tool itself reports, or writes down, the very text. */
export class Receipts {
  private readonly clock: Clock;
  private readonly expected = new Map</* agent id */ string, Expected>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  expect(agentId: string, text: string): Receipt {
    let settle: (answer: ReceiptAnswer) => void = () => undefined;
    const answer = new Promise<ReceiptAnswer>((resolve) => {
      settle = resolve;
    });
    const cancelTimer = this.clock.after(receiptTimeoutMs, () => settle({ kind: 'none in time' }));
    const expected = { text, settle };
    this.expected.set(agentId, expected);
    const cancel = (): void => {
      cancelTimer();
      if (this.expected.get(agentId) === expected) this.expected.delete(agentId);
    };
    return { answer, cancel };
  }

  giveUp(agentId: string): void {
    this.expected.get(agentId)?.settle({ kind: 'given up' });
  }

  /** Compares a text that reached the conversation with the one that waits for its proof. */
  notice(agentId: string, text: string, proof: string): void {
    const expected = this.expected.get(agentId);
    if (expected !== undefined && holds(text, expected.text)) expected.settle({ kind: 'arrived', proof });
  }
}

/** The prompt that an event reports; undefined for other events. */
export function promptOf(entry: AgentEvent): string | undefined {
  if (entry.source !== 'hook' || entry.event.hook_event_name !== 'UserPromptSubmit') return undefined;
  const prompt = entry.event['prompt'];
  return typeof prompt === 'string' ? prompt : undefined;
}

/** Whether a prompt is the text, or holds it among others: tools join what waited while they worked by blank lines. */
export function holds(prompt: string, text: string): boolean {
  const [whole, part] = [normalized(prompt), normalized(text)];
  return whole === part || `\n\n${whole}\n\n`.includes(`\n\n${part}\n\n`);
}

/** As texts can be compared: tools trim what is typed, agree on LF, and some write spaces for tabs. */
function normalized(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').replace(/[ ]+$/gm, '').trim();
}
