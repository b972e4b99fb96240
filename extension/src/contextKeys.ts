/** What `when` clauses ask for, without the prefix `panopticon.`. */
export type ContextKey =
  | 'ready'
  | 'runner'
  | 'missing'
  /** Projects and agents were fetched: only then does their absence mean something. */
  | 'known'
  | 'hasProject'
  | 'hasAgents'
  | 'needsYou'
  | 'muted'
  | 'issues.filtered'
  /** The rows of the view were fetched, and there are none. */
  | `${'issues' | 'workspaces'}.empty`
  /** There are agents, all of them of projects that are not open in this window, and only its own are listed. */
  | 'agents.empty'
  | `done.${DoneStep}`;

/** The steps of the walkthrough. */
export type DoneStep = 'doctor' | 'project' | 'started' | 'answered' | 'reviewed';

/** Sets context keys, each only when its value is another one than before: every set goes through the whole window. */
export class ContextKeys {
  private readonly values = new Map<ContextKey, string | number | boolean>();
  private readonly setContext: (key: string, value: string | number | boolean) => void;

  constructor(setContext: (key: string, value: string | number | boolean) => void) {
    this.setContext = setContext;
  }

  set(key: ContextKey, value: string | number | boolean): void {
    if (this.values.get(key) === value) return;
    this.values.set(key, value);
    this.setContext(`panopticon.${key}`, value);
  }

  get(key: ContextKey): string | number | boolean | undefined {
    return this.values.get(key);
  }
}
