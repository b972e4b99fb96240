import type { ConnectedRunner, Host } from './host.ts';
import type { ProgressLine } from './progressLine.ts';
import type { Look } from './render/look.ts';

/** What a command gets: the world, one connection made when first asked for, and a line for progress. */
export interface Context {
  host: Host;
  /** Whether the outcome will be printed as a JSON document. */
  json: boolean;
  progress: ProgressLine;
  /** How to draw on standard output what a command prints for itself; `document` is what it will print. */
  look(document: unknown): Promise<Look>;
  /** Connects, and starts the daemon when it is not there. */
  runner(): Promise<ConnectedRunner>;
  /** The connection to a daemon that is already there, else undefined. */
  runningRunner(): Promise<ConnectedRunner | undefined>;
}
