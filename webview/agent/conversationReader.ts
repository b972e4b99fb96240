import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { UserErrorData } from '../../runner/protocol/errors.ts';
import type { AgentTranscript, Time, TranscriptEntry } from '../../runner/protocol/models.ts';
import { agentTranscript } from '../../runner/protocol/requests.ts';
import { type Host, userErrorOf } from '../shared/host.ts';
import { beginning, type Conversation, partOf, withLater, withNewer, withOlder } from './conversation.ts';

/** Entries of one answer. */
const pageSize = 100;
/** Pages that are read to find a place again; what is older shows its end. */
const maxPagesBack = 20;
/** Between the keys of a part and those of the next: more than entries are ever read. */
const keysOfPart = 1e9;

/** Reads the transcript of an agent from its end, older pages when they are wanted, and what is said meanwhile. */
export class ConversationReader implements ReactiveController {
  error: UserErrorData | undefined;
  private readonly element: ReactiveControllerHost;
  private readonly target: () => { host: Host; id: string };
  private conversation: Conversation | undefined;
  private arrived = 0;
  private isReadingOlder = false;
  private isReadingNewer = false;
  private isReadingLater = false;
  private isReadingPart = false;
  private isStale = false;
  /** Could not be read; it is not asked for again before something new was told. */
  private failedStart: string | undefined;
  /** Counts the conversations, so that an answer about an earlier one is left. */
  private era = 0;
  /** Parts that were read from the middle. */
  private parts = 0;

  constructor(element: ReactiveControllerHost, target: () => { host: Host; id: string }) {
    this.element = element;
    this.target = target;
    element.addController(this);
  }

  get entries(): readonly TranscriptEntry[] {
    return this.conversation?.entries ?? [];
  }

  get firstKey(): number {
    return this.conversation?.firstKey ?? 0;
  }

  get hasOlder(): boolean {
    return this.start !== null;
  }

  /** Where older entries are asked for; null when there are none. */
  private get start(): string | null {
    return this.conversation?.start ?? null;
  }

  get isKnown(): boolean {
    return this.conversation !== undefined;
  }

  /** Whether nothing later is known that was not read. */
  get isAtEnd(): boolean {
    return this.conversation?.isAtEnd ?? true;
  }

  hostConnected(): void {
    this.readNothing();
  }

  /** The index of the entry of that place; -1 where it was not read. */
  indexOf(place: number): number {
    return this.entries.findLastIndex((entry) => entry.place === place);
  }

  /** How many entries were said since this was asked last. */
  takeArrived(): number {
    const { arrived } = this;
    this.arrived = 0;
    return arrived;
  }

  /** Begins anew. @returns the index of the entry of that time, where one is wanted and found */
  async readAgain(place: Time | null): Promise<number | undefined> {
    const era = this.beginEra();
    this.conversation = undefined;
    this.error = undefined;
    const { id } = this.target();
    if (id === '') return undefined;
    await this.read(era, {}, (page) => beginning(page));
    if (place === null) return undefined;
    for (let pages = 0; pages < maxPagesBack; pages += 1) {
      const [first] = this.entries;
      const { start } = this;
      if (era !== this.era || first === undefined || first.at <= place || start === null) break;
      await this.readOlderPage(era, start);
    }
    const index = this.entries.findIndex(({ at }) => at >= place);
    return era !== this.era || index === -1 ? undefined : index;
  }

  /** Reads the part that begins at this place instead; what was read stays until then. @returns whether it is there now */
  async readAt(place: number): Promise<boolean> {
    const era = this.beginEra();
    this.isReadingPart = true;
    const isRead = await this.read(era, { at: place }, (page) => {
      this.parts += 1;
      return partOf(page, this.parts * keysOfPart);
    });
    if (era !== this.era) return false;
    this.isReadingPart = false;
    // What was said meanwhile.
    if (!isRead) this.readNewer();
    return this.indexOf(place) !== -1;
  }

  /** A part that is being read is not wanted any more. */
  stay(): void {
    if (!this.isReadingPart) return;
    this.beginEra();
    // What was said meanwhile.
    this.readNewer();
  }

  /** Goes on after a part. */
  readLater(): void {
    const { conversation: before, era } = this;
    if (before === undefined || before.isAtEnd || this.isReadingLater) return;
    this.isReadingLater = true;
    void this.read(era, { after: before.cursor }, (page) => withLater(this.conversation ?? before, page)).then(
      (isRead) => {
        if (era !== this.era) return;
        this.isReadingLater = !isRead;
        // What was said while the end was read.
        if (this.isAtEnd) this.readNewer();
      },
    );
  }

  readOlder(): void {
    const { start } = this;
    if (start === null || this.isReadingOlder || start === this.failedStart) return;
    this.isReadingOlder = true;
    const { era } = this;
    void this.readOlderPage(era, start).then(() => {
      if (era === this.era) this.isReadingOlder = false;
    });
  }

  readNewer(): void {
    this.failedStart = undefined;
    if (!this.isAtEnd) {
      this.isReadingLater = false;
      return;
    }
    if (this.isReadingNewer) {
      this.isStale = true;
      return;
    }
    this.isReadingNewer = true;
    this.isStale = false;
    const { era } = this;
    void this.readToEnd(era).then(() => {
      if (era !== this.era) return;
      this.isReadingNewer = false;
      if (this.isStale) this.readNewer();
    });
  }

  private beginEra(): number {
    this.era += 1;
    this.arrived = 0;
    this.readNothing();
    return this.era;
  }

  private readNothing(): void {
    this.isReadingNewer = false;
    this.isReadingOlder = false;
    this.isReadingLater = false;
    this.isReadingPart = false;
  }

  private async readToEnd(era: number): Promise<void> {
    if (this.conversation === undefined) {
      await this.read(era, {}, (page) => beginning(page));
      return;
    }
    for (let isMore = true; isMore && era === this.era; ) {
      const before: Conversation = this.conversation;
      const isRead = await this.read(era, { after: before.cursor }, (page) => {
        this.arrived += page.entries.length;
        // Older ones may have come meanwhile.
        return withNewer(this.conversation ?? before, page);
      });
      isMore = isRead && this.conversation.cursor !== before.cursor;
    }
  }

  private async readOlderPage(era: number, before: string): Promise<void> {
    const isRead = await this.read(era, { before }, (page) =>
      this.conversation === undefined ? undefined : withOlder(this.conversation, page),
    );
    if (!isRead) this.failedStart = before;
  }

  private async read(
    era: number,
    from: { after?: string; at?: number; before?: string },
    take: (page: AgentTranscript) => Conversation | undefined,
  ): Promise<boolean> {
    const { host, id } = this.target();
    try {
      const page = await host.request(agentTranscript, { id, limit: pageSize, ...from });
      if (era !== this.era) return false;
      this.conversation = take(page);
      this.error = undefined;
      return true;
    } catch (error) {
      if (era === this.era) this.error = userErrorOf(error);
      return false;
    } finally {
      this.element.requestUpdate();
    }
  }
}
