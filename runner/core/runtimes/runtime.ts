import type { PermissionMode } from '../../protocol/enumerations.ts';

/** What a runtime can do; the rest of the runner asks these and never a runtime's name. */
export interface RuntimeCapabilities {
  /** Its hooks report what it does, so that a status beyond "running" can be known. */
  reportsEvents: boolean;
  /** A message's arrival can be proved by one of its events. */
  confirmsMessages: boolean;
  /** A conversation can be continued by its session id. */
  resumes: boolean;
  /** No model runs; it plays a part. Shown wherever the runtime is. */
  isRehearsal: boolean;
}

export interface LaunchRequest {
  agentId: string;
  issueId: string;
  workspace: string;
  projectPath: string;
  /** The first prompt. When resuming, what to carry on with, or null to continue silently. */
  prompt: string | null;
  /** A file that holds the same prompt, byte for byte. */
  promptFile: string;
  sessionId: string;
  resume: boolean;
  model: string | null;
  mode: PermissionMode;
}

/** The program to run in the agent's terminal: no shell, and no secrets in the arguments. */
export interface LaunchCommand {
  argv: readonly [string, ...string[]];
  env: Record<string, string>;
}

export type RuntimeReadiness = { ready: true } | { ready: false; message: string; hint: string };

/** One AI tool. Adding a tool is adding a folder with one of these and a line in `runtimeCatalog.ts`. */
export interface Runtime {
  name: string;
  capabilities: RuntimeCapabilities;
  /** Whether it could be launched now, without launching it. */
  readiness(): Promise<RuntimeReadiness>;
  launch(request: LaunchRequest): LaunchCommand;
}

/**
 * Longest prompt that is passed as an argument, in bytes: Linux takes at most 131,072 bytes in one argument
 * (MAX_ARG_STRLEN), the closing zero included.
 */
export const maxArgumentBytes = 100_000;
