import { priorities } from '../protocol/enumerations.ts';
import type { OptionSpec } from './command.ts';

export const priorityOption = {
  kind: 'choice',
  value: 'priority',
  choices: priorities,
  summary: 'how urgent it is',
} as const satisfies OptionSpec;
