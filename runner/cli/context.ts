import type { ConnectedRunner, Host } from './host.ts';
import type { ProgressLine } from './progressLine.ts';

/** What a command gets: the world, one connection made when first asked for, and a line for progress. */
export interface Context {
  host: Host;
  /** Whether the outcome will be printed as a JSON document. */
  json: boolean;
  progress: ProgressLine;
  /** Connects, and starts the daemon when it is not there. */
  runner(): Promise<ConnectedRunner>;
  /** The connection to a daemon that is already there, else undefined. */
  runningRunner(): Promise<ConnectedRunner | undefined>;
}
