import type * as vscode from 'vscode';
import { Refetch, type RefetchClock } from '../refetch.ts';

export interface SeenWork {
  /** Fetches what is shown, and shows it; must not reject. */
  fetch(): Promise<void>;
  /** Shows what is known. */
  show(): void;
  /** Shortest time between two fetches, in milliseconds. */
  everyMs: number;
}

/** VS Code draws a tree no more often (PacedChanges). Milliseconds. */
const showEveryMs = 205;

/** Fetches and shows what a view holds only while somebody sees it: thousands of rows take a while to compare. */
export class FetchWhileSeen {
  private readonly view: Pick<vscode.TreeView<unknown>, 'visible'>;
  private readonly fetches: Refetch;
  private readonly shows: Refetch;
  private readonly subscription: vscode.Disposable;
  /** What changed while nobody saw the view. */
  private stale: 'fetch' | 'show' | undefined = 'fetch';

  constructor(
    view: Pick<vscode.TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>,
    { fetch, show, everyMs }: SeenWork,
    clock: RefetchClock,
  ) {
    this.view = view;
    this.fetches = new Refetch(
      async () => {
        this.stale = undefined;
        await fetch();
      },
      everyMs,
      clock,
    );
    this.shows = new Refetch(
      async () => {
        if (this.stale === 'show') this.stale = undefined;
        show();
      },
      showEveryMs,
      clock,
    );
    this.subscription = view.onDidChangeVisibility(({ visible }) => {
      if (visible) this.catchUp();
    });
  }

  /** What is known may be out of date: it is fetched now, or when the view is seen again. */
  expire(): void {
    this.stale = 'fetch';
    if (this.view.visible) this.catchUp();
  }

  /** What is known says something else about the rows: they are shown again soon, or when the view is seen again. */
  redraw(): void {
    this.stale ??= 'show';
    if (this.view.visible) this.catchUp();
  }

  /** Resolves when it was fetched, seen or not. */
  now(): Promise<void> {
    return this.fetches.soon();
  }

  dispose(): void {
    this.subscription.dispose();
    this.fetches.dispose();
    this.shows.dispose();
  }

  private catchUp(): void {
    if (this.stale === 'fetch') void this.fetches.soon();
    if (this.stale === 'show') void this.shows.soon();
  }
}
