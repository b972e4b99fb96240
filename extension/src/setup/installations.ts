import type { DoctorCheck, DoctorReport } from '../../../runner/protocol/models.ts';

export interface Installation {
  name: string;
  why: string;
  /** To be typed into a terminal. */
  command: string;
  isNeeded: boolean;
}

/** What is not there and can be installed by one command: what nothing works without goes first. */
export function installations({ checks }: DoctorReport): Installation[] {
  return checks
    .flatMap((check): Installation[] => {
      if (check.version !== null || check.fix === null || !isCommand(check.fix)) return [];
      return [{ name: check.name, why: check.why, command: check.fix, isNeeded: check.status === 'missing' }];
    })
    .toSorted((a, b) => Number(b.isNeeded) - Number(a.isNeeded));
}

/** What is needed and has no command that installs it: the doctor says in words what to do. */
export function wordsFor({ checks }: DoctorReport): string | undefined {
  const needed = checks.find((check: DoctorCheck) => check.status === 'missing' && check.fix !== null);
  return needed?.fix ?? undefined;
}

function isCommand(fix: string): boolean {
  return /^(sudo|brew|npm) [\w@./ -]+$/.test(fix);
}
