import type { Command } from '../command.ts';

export const doctor: Command = {
  id: 'panopticon.doctor',
  always: true,
  run: ({ documents }) => documents.openDoctor(),
};
