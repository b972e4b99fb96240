import type { Command } from '../command.ts';

export const runnerLog: Command = {
  id: 'panopticon.runner.log',
  always: true,
  run: (app) => app.runnerLog.show(),
};
