import type { ContextKeys } from './contextKeys.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { Projects } from './projects/projects.ts';
import type { RunnerConnection } from './runner/runnerConnection.ts';
import type { Doctor } from './setup/doctor.ts';
import type { DoneSteps } from './setup/doneSteps.ts';

export interface Facts {
  runner: Pick<RunnerConnection, 'state' | 'onDidChangeState'>;
  projects: Pick<Projects, 'isKnown' | 'all' | 'onDidChange'>;
  fleet: Pick<Fleet, 'isKnown' | 'all' | 'onDidChange'>;
  doctor: Pick<Doctor, 'examine'>;
  steps: Pick<DoneSteps, 'mark'>;
  keys: ContextKeys;
  /** The person comes to this window. */
  onDidFocus(listener: () => void): { dispose(): void };
  log: { error(message: string | Error): void };
}

/** Keeps the keys that say what there is, for menus and for the views that are empty. Returns what to dispose. */
export function keepContextKeys(facts: Facts): { dispose(): void }[] {
  const { runner, projects, fleet, keys, steps } = facts;
  let isExamined = false;
  const examine = (): void => {
    isExamined = true;
    facts.doctor.examine().catch((error: unknown) => facts.log.error(error instanceof Error ? error : String(error)));
  };
  const tell = (): void => {
    keys.set('runner', runner.state);
    keys.set('ready', runner.state === 'ready');
    keys.set('known', projects.isKnown && fleet.isKnown);
    keys.set('hasProject', projects.all().length > 0);
    keys.set('hasAgents', fleet.all().length > 0);
    if (projects.all().length > 0) steps.mark('project');
    if (fleet.all().length > 0) steps.mark('started');
    if (runner.state !== 'ready') isExamined = false;
    // The doctor starts a dozen programs: it is asked once a connection, and only where a view has nothing else to say.
    else if (!isExamined && fleet.isKnown && fleet.all().length === 0) examine();
  };
  tell();
  return [
    runner.onDidChangeState(tell),
    projects.onDidChange(tell),
    fleet.onDidChange(tell),
    facts.onDidFocus(() => {
      // Who was told to install something may have done so in another window.
      if (runner.state === 'ready' && (keys.get('missing') ?? '') !== '') examine();
    }),
  ];
}
