import type { Agent, Parking } from '../../runner/protocol/models.ts';
import { clockTime } from '../shared/ages.ts';
import type { Shape } from '../shared/shapes.ts';

/** `act`: it needs a person; `alive`: it moves; `calm`: neither. */
export type Tone = 'act' | 'bad' | 'alive' | 'good' | 'calm';

export interface StateWords {
  words: string;
  shape: Shape;
  tone: Tone;
}

/** The state of an agent as its header says it. */
export function stateWords(agent: Pick<Agent, 'status' | 'ask' | 'parked'>): StateWords {
  switch (agent.status) {
    case 'waiting':
      return { words: 'Waiting for you', shape: waitingShapes[agent.ask?.kind ?? 'permission'], tone: 'act' };
    case 'stuck':
      return { words: 'Stuck', shape: 'warning', tone: 'act' };
    case 'crashed':
      return { words: 'Crashed', shape: 'error', tone: 'bad' };
    case 'parked':
      return parkedWords(agent.parked);
    case 'starting':
      return { words: 'Starting', shape: 'starting', tone: 'alive' };
    case 'working':
      return { words: 'Working', shape: 'pulse', tone: 'alive' };
    case 'idle':
      return { words: 'Idle', shape: 'circle', tone: 'calm' };
    case 'done':
      return { words: 'Finished', shape: 'check', tone: 'good' };
    case 'stopped':
      return { words: 'Stopped', shape: 'square', tone: 'calm' };
    case 'unknown':
      return { words: 'Unknown', shape: 'unknown', tone: 'calm' };
    case 'unreadable':
      return { words: 'Unreadable', shape: 'error', tone: 'bad' };
  }
}

/** As its row says it: a login and a model are a person's. */
function parkedWords(parked: Parking | null): StateWords {
  if (parked?.cause === 'login') return { words: 'Logged out', shape: 'key', tone: 'act' };
  if (parked?.cause === 'model') return { words: 'Parked', shape: 'warning', tone: 'act' };
  return { words: `Parked${until(parked?.until)}`, shape: 'clock', tone: 'calm' };
}

const waitingShapes = { permission: 'shield', question: 'question', plan: 'checklist' } as const;

function until(time: string | null | undefined): string {
  return time === null || time === undefined ? '' : ` until ${clockTime(time)}`;
}
