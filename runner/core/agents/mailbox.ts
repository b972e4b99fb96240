import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ulid } from 'ulid';
import { type InferOutput, object, optional, picklist, string } from 'valibot';
import type { Changes } from '../changes.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { readChecked } from '../files/readChecked.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Log } from '../ports.ts';

/** `typed`: entered while its tool was busy, which takes it up later. `dropped`: taken back before it was entered. */
const mailStates = ['queued', 'typed', 'delivered', 'sent', 'unconfirmed', 'dropped'] as const;

const mailSchema = object({
  id: string(),
  text: string(),
  state: picklist(mailStates),
  createdAt: string(),
  /** When it was last typed into the terminal; with the state `queued` it may still stand there, or have arrived. */
  pastedAt: optional(string()),
});

export type Mail = InferOutput<typeof mailSchema>;

export interface MailboxDeps {
  paths: RunnerPaths;
  clock: Clock;
  log: Log;
  changes: Pick<Changes, 'fire'>;
}

/** Messages to agents, one file each in `agents/<id>/mail/`, so that none is lost while an agent cannot read. */
export class Mailbox {
  private readonly deps: MailboxDeps;
  private readonly queues = new Map</* agent id */ string, Mail[]>();
  /** Undefined where nothing was ever typed. */
  private readonly lastPasted = new Map</* agent id */ string, Mail | undefined>();

  constructor(deps: MailboxDeps) {
    this.deps = deps;
  }

  async add(agentId: string, text: string): Promise<Mail> {
    const now = this.deps.clock.now();
    const mail: Mail = { id: ulid(now.getTime()), text, state: 'queued', createdAt: now.toISOString() };
    const queue = await this.queued(agentId);
    await this.write(agentId, mail);
    queue.push(mail);
    this.tell(agentId);
    return mail;
  }

  /** Everything that was ever told, oldest first. */
  async all(agentId: string): Promise<Mail[]> {
    const folder = this.deps.paths.agent(agentId).mail;
    const mails: Mail[] = [];
    for (const name of (await this.names(folder)).sort()) {
      const found = await readChecked(path.join(folder, name), mailSchema);
      if (found.kind === 'ok') mails.push(found.value);
      else
        this.deps.log.warn(
          `the message ${agentId}/mail/${name} cannot be read: ${found.kind === 'missing' ? 'gone' : found.reason}`,
        );
    }
    return mails;
  }

  /** What waits for the agent, oldest first. */
  async queued(agentId: string): Promise<Mail[]> {
    const known = this.queues.get(agentId);
    if (known !== undefined) return known;
    const queue = (await this.all(agentId)).filter((mail) => mail.state === 'queued');
    this.queues.set(agentId, queue);
    return queue;
  }

  /**
   * Notes, before it happens, that the message is typed: a daemon may be killed in between. It stays queued. Answers the
   * message as it is now.
   */
  async notePaste(agentId: string, mail: Mail): Promise<Mail> {
    const pasted: Mail = { ...mail, pastedAt: this.deps.clock.now().toISOString() };
    await this.write(agentId, pasted);
    const queue = await this.queued(agentId);
    this.queues.set(
      agentId,
      queue.map((each) => (each.id === mail.id ? pasted : each)),
    );
    this.lastPasted.set(agentId, pasted);
    return pasted;
  }

  /** What was entered and not taken up yet. */
  async typed(agentId: string): Promise<Mail[]> {
    return (await this.all(agentId)).filter((mail) => mail.state === 'typed');
  }

  /** Whether what was typed last may still stand in the composer: nobody knows that it arrived. */
  async isUnproved(agentId: string): Promise<boolean> {
    if (!this.lastPasted.has(agentId)) {
      const pasted = (await this.all(agentId)).filter(({ pastedAt }) => pastedAt !== undefined);
      this.lastPasted.set(agentId, pasted.sort((a, b) => ((a.pastedAt ?? '') < (b.pastedAt ?? '') ? -1 : 1)).at(-1));
    }
    const last = this.lastPasted.get(agentId);
    return last !== undefined && last.state !== 'delivered' && last.state !== 'sent';
  }

  /** What its tool had in its own queue and lost: it waits again, in its old place. */
  async queueAgain(agentId: string): Promise<void> {
    const lost = (await this.typed(agentId)).map((mail): Mail => ({ ...mail, state: 'queued' }));
    for (const mail of lost) await this.write(agentId, mail);
    const queue = await this.queued(agentId);
    const others = queue.filter(({ id }) => !lost.some((mail) => mail.id === id));
    this.queues.set(
      agentId,
      [...lost, ...others].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    if (lost.length > 0) this.tell(agentId);
  }

  /** Takes the message out of the queue. */
  async mark(agentId: string, mail: Mail, state: Exclude<Mail['state'], 'queued'>): Promise<void> {
    const marked = { ...mail, state };
    await this.write(agentId, marked);
    if (this.lastPasted.get(agentId)?.id === mail.id) this.lastPasted.set(agentId, marked);
    const queue = await this.queued(agentId);
    this.queues.set(
      agentId,
      queue.filter(({ id }) => id !== mail.id),
    );
    this.tell(agentId);
  }

  /** Writes the message's exact text to a file for the agent to read, and returns the file's path. */
  async writeOut(agentId: string, mail: Mail): Promise<string> {
    const file = this.fileOf(agentId, mail);
    await writeAtomic(file, mail.text);
    return file;
  }

  /** Where a message stands that cannot be typed. */
  fileOf(agentId: string, mail: Mail): string {
    return path.join(this.deps.paths.agent(agentId).mail, `${mail.id}.md`);
  }

  private tell(agentId: string): void {
    this.deps.changes.fire({ scope: 'mail', ids: [agentId] });
  }

  private async write(agentId: string, mail: Mail): Promise<void> {
    const file = path.join(this.deps.paths.agent(agentId).mail, `${mail.id}.json`);
    await writeAtomic(file, `${JSON.stringify(mail)}\n`);
  }

  private async names(folder: string): Promise<string[]> {
    try {
      return (await readdir(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}
