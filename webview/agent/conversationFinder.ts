import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { UserErrorData } from '../../runner/protocol/errors.ts';
import type { TranscriptMatch, TranscriptMatches } from '../../runner/protocol/models.ts';
import { type AgentFindParams, agentFindInTranscript } from '../../runner/protocol/requests.ts';
import { type Host, userErrorOf } from '../shared/host.ts';

/** The match that the person stands at. */
export interface CurrentMatch {
  /** That of its entry. */
  place: number;
  /** Which of the entry's matches, from its top, from 0. */
  nth: number;
}

/** Entries; a text that is in more of them is not looked for any further. */
const maxFound = 10_000;

/**
 * Looks for text in all of an agent's conversation, from its end. One question is under way at a time: another text
 * takes the place of the one before as soon as it was answered.
 */
export class ConversationFinder implements ReactiveController {
  /** What is looked for; empty for nothing. */
  sought = '';
  error: UserErrorData | undefined;
  /** A new one whenever the person is to be led to it. */
  current: CurrentMatch | undefined;
  private readonly element: ReactiveControllerHost;
  private readonly target: () => { host: Host; id: string };
  /** Newest first. */
  private found: TranscriptMatch[] = [];
  /** The first match is wanted at this place or before it. */
  private near = Number.POSITIVE_INFINITY;
  /** What is asked for next. */
  private next: Pick<AgentFindParams, 'after' | 'before'> | undefined;
  /** Where what was said since is asked for. */
  private cursor: string | undefined;
  private isAsking = false;
  private isStale = false;
  /** The person is led to the first match; else they ask for it. */
  private leads = true;
  /** Counts the searches, so that an answer about an earlier one is left. */
  private era = 0;

  constructor(element: ReactiveControllerHost, target: () => { host: Host; id: string }) {
    this.element = element;
    this.target = target;
    element.addController(this);
  }

  /** Whether older parts were not looked at yet; what was said since comes by the way. */
  get isSearching(): boolean {
    return this.next !== undefined && this.next.after === undefined;
  }

  /** Matches that are known. */
  get total(): number {
    return countOf(this.found);
  }

  /** Whether that is all of them. */
  get isWhole(): boolean {
    return !this.isSearching && this.found.length < maxFound;
  }

  /** Which of them the person stands at, from 1, the newest first; 0 at none. */
  get ordinal(): number {
    const index = this.currentIndex();
    const entry = this.found[index];
    if (entry === undefined || this.current === undefined) return 0;
    return countOf(this.found.slice(0, index)) + entry.matches - this.current.nth;
  }

  hostDisconnected(): void {
    this.seek('', this.near);
  }

  /** Looks for a text, and leads to the newest match at this place or before it; where there is none, to the newest. */
  seek(text: string, near: number): void {
    this.sought = text;
    this.near = near;
    this.current = undefined;
    this.leads = true;
    this.begin();
  }

  /** More was said. */
  refresh(): void {
    if (this.sought === '') return;
    if (this.error !== undefined) this.begin();
    else if (this.next === undefined) this.askSince();
    else this.isStale = true;
  }

  /** To the match before (1) or after (-1); from the oldest to the newest and back. */
  step(direction: 1 | -1): void {
    const index = this.currentIndex();
    const entry = this.found[index];
    if (entry === undefined || this.current === undefined) {
      this.leadToFirst();
      return;
    }
    const nth = this.current.nth - direction;
    if (nth >= 0 && nth < entry.matches) {
      this.leadTo(entry, nth);
      return;
    }
    const isBeyond = index + direction < 0 || index + direction >= this.found.length;
    // What is older may still be found.
    if (isBeyond && this.isSearching) return;
    const other = this.found.at((index + direction) % this.found.length);
    if (other !== undefined) this.leadTo(other, direction === 1 ? other.matches - 1 : 0);
  }

  private begin(): void {
    this.era += 1;
    this.found = [];
    this.cursor = undefined;
    this.error = undefined;
    this.isStale = false;
    this.next = this.sought === '' ? undefined : {};
    void this.ask();
    this.element.requestUpdate();
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    while (this.next !== undefined) {
      const { era, next, sought } = this;
      const { host, id } = this.target();
      try {
        const page = await host.request(agentFindInTranscript, { id, text: sought, ...next });
        if (era === this.era) this.take(next, page);
      } catch (error) {
        if (era === this.era) this.fail(userErrorOf(error));
      }
      this.element.requestUpdate();
    }
    this.isAsking = false;
  }

  private take({ after, before }: Pick<AgentFindParams, 'after' | 'before'>, page: TranscriptMatches): void {
    if (page.isAnew) {
      this.current = undefined;
      this.near = Number.POSITIVE_INFINITY;
      // They read on where they are.
      this.leads = false;
      this.begin();
      return;
    }
    if (before === undefined) this.cursor = page.cursor;
    const [newest] = page.found;
    const older = this.found.findIndex(({ place }) => newest !== undefined && place < newest.place);
    this.found.splice(older === -1 ? this.found.length : older, 0, ...page.found);
    const isEnough = this.found.length >= maxFound;
    this.next = page.start === null || isEnough ? undefined : { before: page.start, after };
    if (this.current === undefined && this.leads) this.leadToFirst();
    if (this.next === undefined && this.isStale) this.askSince();
  }

  private fail(error: UserErrorData): void {
    this.error = error;
    this.next = undefined;
  }

  private askSince(): void {
    this.isStale = false;
    this.next = this.cursor === undefined ? {} : { after: this.cursor };
    void this.ask();
  }

  private leadToFirst(): void {
    const near = this.found.find(({ place }) => place <= this.near);
    const first = near ?? (this.isSearching ? undefined : this.found[0]);
    if (first !== undefined) this.leadTo(first, first.matches - 1);
  }

  private leadTo({ place }: TranscriptMatch, nth: number): void {
    this.current = { place, nth };
    this.element.requestUpdate();
  }

  private currentIndex(): number {
    return this.found.findIndex(({ place }) => place === this.current?.place);
  }
}

function countOf(found: readonly TranscriptMatch[]): number {
  return found.reduce((sum, { matches }) => sum + matches, 0);
}
