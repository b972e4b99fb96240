import type { Agent } from './models.ts';

/** What a person reads of each state, in a heading. */
const words: Readonly<Record<Agent['status'], string>> = {
  starting: 'Starting',
  working: 'Working',
  waiting: 'Waiting for you',
  idle: 'Idle',
  stuck: 'Stuck',
  crashed: 'Crashed',
  parked: 'Parked',
  stopped: 'Stopped',
  done: 'Finished',
  unknown: 'Unknown',
  unreadable: 'Unreadable',
};

/** The state of an agent in words, the same in every view. */
export function statusWords({ status, parked }: Pick<Agent, 'status' | 'parked'>): string {
  return status === 'parked' && parked?.cause === 'login' ? 'Logged out' : words[status];
}
