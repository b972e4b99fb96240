import { dayTime } from '../../runner/protocol/dayTime.ts';
import type { Agent, Parking } from '../../runner/protocol/models.ts';
import { statusWords } from '../../runner/protocol/statusWords.ts';
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
  const words = statusWords(agent);
  switch (agent.status) {
    case 'waiting':
      return { words, shape: waitingShapes[agent.ask?.kind ?? 'permission'], tone: 'act' };
    case 'stuck':
      return { words, shape: 'warning', tone: 'act' };
    case 'crashed':
      return { words, shape: 'error', tone: 'bad' };
    case 'parked':
      return parkedWords(words, agent.parked);
    case 'starting':
      return { words, shape: 'starting', tone: 'alive' };
    case 'working':
      return { words, shape: 'pulse', tone: 'alive' };
    case 'idle':
      return { words, shape: 'circle', tone: 'calm' };
    case 'done':
      return { words, shape: 'check', tone: 'good' };
    case 'stopped':
      return { words, shape: 'square', tone: 'calm' };
    case 'unknown':
      return { words, shape: 'unknown', tone: 'calm' };
    case 'unreadable':
      return { words, shape: 'error', tone: 'bad' };
  }
}

/** As its row says it: a login and a model are a person's. */
function parkedWords(words: string, parked: Parking | null): StateWords {
  if (parked?.cause === 'login') return { words, shape: 'key', tone: 'act' };
  if (parked?.cause === 'model') return { words, shape: 'warning', tone: 'act' };
  return { words: `${words}${until(parked?.until)}`, shape: 'clock', tone: 'calm' };
}

const waitingShapes = { permission: 'shield', question: 'question', plan: 'checklist' } as const;

function until(time: string | null | undefined): string {
  return time === null || time === undefined ? '' : ` until ${dayTime(time, new Date())}`;
}
