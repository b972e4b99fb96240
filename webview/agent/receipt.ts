import type { Agent, TellResult } from '../../runner/protocol/models.ts';
import type { MailItem } from '../../runner/protocol/runtimeChoice.ts';

/** The line below the field after a message was sent. "Delivered" is said only of one with a receipt. */
export function receiptOf({ outcome, detail, tookMs }: TellResult): string {
  switch (outcome) {
    case 'delivered':
      return `Delivered${tookMs === null ? '' : ` ${(tookMs / 1000).toFixed(1)} s`} (${detail})`;
    case 'queued':
      return `Queued. ${detail}`;
    case 'sent':
      return `Sent, without a receipt. ${detail}`;
    case 'failed':
      return `Not delivered: ${detail}`;
  }
}

/** A message that was told, with what was known then. */
export interface Told {
  text: string;
  result: TellResult;
  status: Agent['status'] | undefined;
  mail: readonly MailItem[] | undefined;
}

/**
 * The same line as time goes on: what was queued is delivered, dropped, or waits for something else by now. Undefined
 * once there is nothing more to say about it.
 */
export function receiptNow(told: Told, now: Pick<Told, 'mail' | 'status'>): string | undefined {
  if (told.result.outcome !== 'queued') return receiptOf(told.result);
  const mail = now.mail?.findLast(({ text }) => text === told.text);
  if (mail?.state === 'delivered') return 'Delivered.';
  if (mail?.state === 'sent') return 'Sent, without a receipt.';
  if (mail?.state === 'unconfirmed') return 'It is not known whether the message arrived.';
  const isDropped = mail === undefined && now.mail !== told.mail;
  return isDropped || now.status !== told.status ? undefined : receiptOf(told.result);
}
