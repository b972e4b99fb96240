import { UserError } from '../../protocol/errors.ts';
import type { TellPreview, TellResult } from '../../protocol/models.ts';
import type { AgentTellParams, IssueParams, MailDropParams } from '../../protocol/requests.ts';
import type { MailItem } from '../../protocol/runtimeChoice.ts';
import { oneLine } from '../text/sanitize.ts';
import type { AgentAccess } from './agentAccess.ts';
import { unreadableAgent } from './agentFailures.ts';
import type { Mail, Mailbox } from './mailbox.ts';
import type { Teller } from './teller.ts';
import { workspaceTrouble } from './workspaceTrouble.ts';

/** Beyond this a message is a file, and the spool that carries its receipt would not take it. */
const maxMessageBytes = 1024 * 1024;

/** Of what was told and is settled, so many of the last are listed. */
const mostSettled = 20;

export interface AgentTalkDeps {
  access: AgentAccess;
  teller: Teller;
  mailbox: Pick<Mailbox, 'all' | 'mark'>;
  /** Takes what the hooks left meanwhile: it may tell that a message was read. */
  drainSpool(): Promise<void>;
}

/** What people say to agents. */
export class AgentTalk {
  private readonly deps: AgentTalkDeps;

  constructor(deps: AgentTalkDeps) {
    this.deps = deps;
  }

  async tell(params: AgentTellParams): Promise<TellResult> {
    if (params.text.trim() === '') throw emptyMessage();
    if (Buffer.byteLength(params.text) > maxMessageBytes) throw messageTooLong();
    const { access, teller } = this.deps;
    return access.withState(params.id, async (state) => teller.tell(await access.requireLive(state), params.text));
  }

  /** What `tell` would do now. Waits for nothing that is being done to the agent. */
  async tellPreview(params: IssueParams): Promise<TellPreview> {
    const { access, teller } = this.deps;
    const stored = await access.find(params.id);
    if (stored.kind === 'unreadable') throw unreadableAgent(stored.issueId, stored.reason);
    const preview = await teller.preview(await access.requireLive(stored.state));
    const trouble = workspaceTrouble(stored.state);
    if (trouble === null) return preview;
    return { ...preview, detail: `${trouble.message} Mend it: ${trouble.next}. ${preview.detail}` };
  }

  /** Oldest first: what waits, and the last of the others. */
  async mail(params: IssueParams): Promise<MailItem[]> {
    const { id } = await this.deps.access.find(params.id);
    return listed((await this.deps.mailbox.all(id)).flatMap(asItem));
  }

  /** @throws UserError `noMail`; `mailGone` where it was entered before. */
  async dropMail(params: MailDropParams): Promise<MailItem> {
    const { access, drainSpool, mailbox } = this.deps;
    return access.withState(params.id, async (state) => {
      await drainSpool();
      const mailId = params.mailId.toUpperCase();
      const mail = (await mailbox.all(state.id)).find(({ id }) => id === mailId);
      const [item] = mail === undefined ? [] : asItem(mail);
      if (mail === undefined || item === undefined) throw noMail(state.issueId, mailId);
      if (item.state !== 'queued') throw mailGone(state.issueId, item.state);
      await mailbox.mark(state.id, mail, 'dropped');
      return item;
    });
  }
}

/** What was taken back is not shown any more. */
function asItem({ id, text, state, createdAt }: Mail): MailItem[] {
  return state === 'dropped' ? [] : [{ id, text, state, createdAt }];
}

function listed(items: readonly MailItem[]): MailItem[] {
  const isSettled = ({ state }: MailItem): boolean => state !== 'queued' && state !== 'typed';
  const late = new Set(items.filter(isSettled).slice(-mostSettled));
  return items.filter((item) => !isSettled(item) || late.has(item));
}

function emptyMessage(): UserError {
  return new UserError({
    code: 'emptyMessage',
    message: 'The message is empty.',
    hint: 'Write what the agent should do.',
    kind: 'usage',
  });
}

function messageTooLong(): UserError {
  return new UserError({
    code: 'messageTooLong',
    message: 'The message is longer than 1 MB.',
    hint: 'Put it into a file in the workspace and tell the agent to read that.',
  });
}

function noMail(issueId: string, mailId: string): UserError {
  return new UserError({
    code: 'noMail',
    message: `${issueId} has no message ${JSON.stringify(oneLine(mailId, 40))}.`,
    hint: `See what waits for it: pan work mail ${issueId}`,
  });
}

function mailGone(issueId: string, state: Exclude<MailItem['state'], 'queued'>): UserError {
  const reasons = {
    typed: 'it stands in its own queue, and is read within its turn',
    delivered: 'it was read',
    sent: 'it was typed into its terminal',
    unconfirmed: 'it was typed into its terminal, and may have been read',
  };
  return new UserError({
    code: 'mailGone',
    message: `The message to ${issueId} cannot be taken back: ${reasons[state]}.`,
    hint: `Tell it something else: pan work tell ${issueId} "..."`,
  });
}
