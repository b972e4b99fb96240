import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ulid } from 'ulid';
import { type InferOutput, object, optional, picklist, string } from 'valibot';
import { errnoOf } from '../files/fileFailure.ts';
import { readChecked } from '../files/readChecked.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Log } from '../ports.ts';

const mailStates = ['queued', 'delivered', 'sent', 'unconfirmed'] as const;

const mailSchema = object({
  id: string(),
  text: string(),
  state: picklist(mailStates),
  createdAt: string(),
  /** When it was last typed into the terminal; with the state `queued` it may still stand there, or have arrived. */
  pastedAt: optional(string()),
});

export type Mail = InferOutput<typeof mailSchema>;

/** Messages to agents, one file each in `agents/<id>/mail/`, so that none is lost while an agent cannot read. */
export class Mailbox {
  private readonly deps: { paths: RunnerPaths; clock: Clock; log: Log };
  private readonly queues = new Map</* agent id */ string, Mail[]>();

  constructor(deps: { paths: RunnerPaths; clock: Clock; log: Log }) {
    this.deps = deps;
  }

  async add(agentId: string, text: string): Promise<Mail> {
    const now = this.deps.clock.now();
    const mail: Mail = { id: ulid(now.getTime()), text, state: 'queued', createdAt: now.toISOString() };
    const queue = await this.queued(agentId);
    await this.write(agentId, mail);
    queue.push(mail);
    return mail;
  }

  /** What waits for the agent, oldest first. */
  async queued(agentId: string): Promise<Mail[]> {
    const known = this.queues.get(agentId);
    if (known !== undefined) return known;
    const queue = (await this.readAll(agentId)).filter((mail) => mail.state === 'queued');
    this.queues.set(agentId, queue);
    return queue;
  }

  /** Notes, before it happens, that the message is typed: a daemon may be killed in between. It stays queued. */
  async notePaste(agentId: string, mail: Mail): Promise<void> {
    const pasted: Mail = { ...mail, pastedAt: this.deps.clock.now().toISOString() };
    await this.write(agentId, pasted);
    const queue = await this.queued(agentId);
    this.queues.set(
      agentId,
      queue.map((each) => (each.id === mail.id ? pasted : each)),
    );
  }

  /** Takes the message out of the queue. */
  async mark(agentId: string, mail: Mail, state: Exclude<Mail['state'], 'queued'>): Promise<void> {
    await this.write(agentId, { ...mail, state });
    const queue = await this.queued(agentId);
    this.queues.set(
      agentId,
      queue.filter(({ id }) => id !== mail.id),
    );
  }

  /** Writes the message's exact text to a file for the agent to read, and returns the file's path. */
  async writeOut(agentId: string, mail: Mail): Promise<string> {
    const file = path.join(this.deps.paths.agent(agentId).mail, `${mail.id}.md`);
    await writeAtomic(file, mail.text);
    return file;
  }

  private async write(agentId: string, mail: Mail): Promise<void> {
    const file = path.join(this.deps.paths.agent(agentId).mail, `${mail.id}.json`);
    await writeAtomic(file, `${JSON.stringify(mail)}\n`);
  }

  private async readAll(agentId: string): Promise<Mail[]> {
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

  private async names(folder: string): Promise<string[]> {
    try {
      return (await readdir(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}
