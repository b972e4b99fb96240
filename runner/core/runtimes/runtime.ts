import type { PermissionMode } from '../../protocol/enumerations.ts';

/** What a runtime can do; the rest of the runner asks these and never a runtime's name. */
export interface RuntimeCapabilities {
  /** Its hooks report what it does, so that a status beyond "running" can be known. */
  reportsEvents: boolean;
  /** A message's arrival can be proved by one of its events. */
  confirmsMessages: boolean;
  /** A conversation can be continued by its session id. */
  resumes: boolean;
  /** A new conversation gets the session id that the runner chose; otherwise its first event tells it. */
  takesSessionId: boolean;
  /** No model runs; it plays a part. Shown wherever the runtime is. */
  isRehearsal: boolean;
}

export interface LaunchRequest {
  agentId: string;
  issueId: string;
  workspace: string;
  projectPath: string;
  /** The agent's own folder of the runner, for files that belong to this launch. */
  agentFolder: string;
  /** The first prompt. When resuming, what to carry on with, or null to continue silently. */
  prompt: string | null;
  /** A file that holds the same prompt, byte for byte. */
  promptFile: string;
  sessionId: string;
  resume: boolean;
  model: string | null;
  mode: PermissionMode;
  hooks: HookPlaces;
}

/** What a tool's hooks call. Both do nothing outside an agent. */
export interface HookPlaces {
  /** The stable command, absolute: `<home>/bin/pan`. With the argument `hook` it takes an event from standard input. */
  panCommand: string;
  /**
   * `http://127.0.0.1:<port>/hook`, for events that are too frequent for a process each, or null where none listens.
   * Whoever posts there sends `Authorization: Bearer $PAN_HOOK_TOKEN` and `X-Pan-Agent: $PAN_AGENT_ID`.
   */
  url: string | null;
}

/** The program to run in the agent's terminal: no shell, and no secrets in the arguments. */
export interface LaunchCommand {
  argv: readonly [string, ...string[]];
  env: Record<string, string>;
}

/** Where it would work; the workspace need not exist yet. */
export type LaunchPlace = Pick<LaunchRequest, 'projectPath' | 'workspace'>;

export type RuntimeReadiness = { ready: true } | { ready: false; message: string; hint: string };

/** What `pan doctor` tells of a tool. Found out without a network and without starting a session. */
export interface RuntimeInspection {
  installed: boolean;
  version: string | null;
  /** Null where it cannot be known. */
  loggedIn: boolean | null;
  /** The command to type next, where something is missing. */
  fix: string | null;
}

/** One AI tool as configured now, ready to be launched. */
export interface Runtime {
  name: string;
  capabilities: RuntimeCapabilities;
  /** A permission mode changes nothing about it. */
  ignoresMode?: boolean;
  /** Whether it could be launched there now, without launching it: nothing is made where it certainly could not. */
  readiness(place: LaunchPlace): Promise<RuntimeReadiness>;
  inspect?(): Promise<RuntimeInspection>;
  /** Writes what a launch needs: files of the agent's folder, and seeds in the tool's own files, under a lock. */
  prepare?(request: LaunchRequest): Promise<void>;
  launch(request: LaunchRequest): LaunchCommand;
}

/**
 * Longest prompt that is passed as an argument, in bytes: Linux takes at most 131,072 bytes in one argument
 * (MAX_ARG_STRLEN), the closing zero included.
 */
export const maxArgumentBytes = 100_000;
