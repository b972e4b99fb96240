import type { DoctorReport } from '../../../runner/protocol/models.ts';
import type { ContextKeys } from '../contextKeys.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';

/** Has the runner look at the machine, and tells the views what is missing. */
export class Doctor {
  private readonly runner: Pick<RunnerConnection, 'get'>;
  private readonly keys: Pick<ContextKeys, 'set'>;

  constructor(runner: Pick<RunnerConnection, 'get'>, keys: Pick<ContextKeys, 'set'>) {
    this.runner = runner;
    this.keys = keys;
  }

  /** @throws UserError when the runner cannot be asked. */
  async examine(): Promise<DoctorReport> {
    const report = await (await this.runner.get()).doctor();
    this.keys.set('missing', missingProgram(report));
    return report;
  }
}

/** The program without which no agent can start; the empty string when all are there. */
export function missingProgram({ checks }: DoctorReport): 'git' | 'tmux' | '' {
  const isMissing = (program: string): boolean =>
    checks.some(({ name, status }) => name === program && status === 'missing');
  if (isMissing('git')) return 'git';
  return isMissing('tmux') ? 'tmux' : '';
}
