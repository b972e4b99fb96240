import { array, fallback, nullable, object, string } from 'valibot';
import type { Muting } from '../../protocol/attention.ts';
import { readChecked } from '../files/readChecked.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { Log } from '../ports.ts';
import { messageOf } from '../text/messageOf.ts';

/** What outlives a daemon: whether notifications are paused, and what people were told of already. */
export interface AttentionRecord {
  until: Muting['until'];
  /** Keys of news. */
  told: string[];
}

const schema = object({ until: fallback(nullable(string()), null), told: fallback(array(string()), []) });

/** `{home}/attention.json`. It matters little enough that a broken one begins anew, and one that cannot be written is only logged. */
export class AttentionFile {
  private readonly file: string;
  private readonly log: Log;
  private writing: Promise<void> = Promise.resolve();

  constructor(deps: { file: string; log: Log }) {
    this.file = deps.file;
    this.log = deps.log;
  }

  async read(): Promise<AttentionRecord> {
    const read = await readChecked(this.file, schema);
    if (read.kind === 'ok') return read.value;
    if (read.kind !== 'missing') this.log.warn(`${this.file} is left aside: ${read.reason}`);
    return { until: null, told: [] };
  }

  /** One after the other: what was written last stays. */
  write(record: AttentionRecord): Promise<void> {
    this.writing = this.writing.then(() => this.replace(record));
    return this.writing;
  }

  private async replace(record: AttentionRecord): Promise<void> {
    try {
      await writeAtomic(this.file, `${JSON.stringify(record, null, 2)}\n`);
    } catch (error) {
      this.log.warn(`what was announced is not kept: ${messageOf(error)}`);
    }
  }
}
