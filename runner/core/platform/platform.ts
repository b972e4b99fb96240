/** One process for its whole life: a pid alone is reused. */
export interface ProcessIdentity {
  pid: number;
  /** What `Platform.startTimeOf` answered; comparable on one machine only, never to be parsed. */
  startTime: string;
}

export interface ProcessFacts extends ProcessIdentity {
  parentPid: number;
  /** The pid of the leader of its session; 0 where the system does not tell (macOS). */
  sessionId: number;
  /** The name of its controlling terminal (`pts/3`, `ttys003`), null when it has none. */
  tty: string | null;
  /** The short name of its program. */
  command: string;
  /** The first letter of what ps calls STAT: R, S, D, I, T (stopped), t (traced), U. */
  state: string;
}

/**
 * What differs between Linux, WSL2 and macOS in asking about processes. A zombie has ended: it has no start time and
 * is in no list.
 */
export interface Platform {
  /** An opaque, comparable identity of the process's start, or undefined when there is no such process. */
  startTimeOf(pid: number): Promise<string | undefined>;
  /** The parent of `pid`, its parent, and so on, up to but without pid 1. Empty when `pid` is gone. */
  ancestorsOf(pid: number): Promise<number[]>;
  /** Every process we may see. */
  list(): Promise<ProcessFacts[]>;
  /** The value of one variable in the process's environment, as it was started; undefined when unknown. */
  variableOf(pid: number, name: string): Promise<string | undefined>;
  /** The processes that were started with exactly this variable, as far as we may see their environment. */
  pidsWithVariable(name: string, value: string): Promise<number[]>;
}
