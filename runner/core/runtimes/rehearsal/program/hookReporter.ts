import type { PermissionMode } from './options.ts';
import { reportEvent } from './reportEvent.ts';

export type HookEventName =
  | 'SessionStart'
  | 'UserPromptSubmit'
  | 'PreToolUse'
  | 'PostToolUse'
  | 'PermissionRequest'
  | 'Notification'
  | 'Stop'
  | 'StopFailure'
  | 'SessionEnd';

/** Names a request whose answer somebody waits for. */
export interface WaitingRequest {
  readonly id: string;
  readonly pid: number;
}

interface HookSession {
  readonly cwd: string;
  readonly permissionMode: PermissionMode;
  readonly sessionId: string;
  readonly transcriptPath: string;
}

// The names Claude Code's hooks use for the same four modes (2.1.330).
const HOOK_PERMISSION_MODE: Readonly<Record<PermissionMode, string>> = {
  plan: 'plan',
  ask: 'default',
  auto: 'auto',
  bypass: 'bypassPermissions',
};

/** Reports what happens as a real tool's hooks do: to PAN_SPOOL for PAN_AGENT_ID, and not at all when either is unset. */
export class HookReporter {
  readonly #session: HookSession;
  readonly #env: NodeJS.ProcessEnv;

  constructor(session: HookSession, env: NodeJS.ProcessEnv) {
    this.#session = session;
    this.#env = env;
  }

  report(name: HookEventName, fields: Readonly<Record<string, unknown>>, request?: WaitingRequest): void {
    const { PAN_AGENT_ID: agentId, PAN_SPOOL: spoolFolder, PAN_LAUNCH_ID: launchId = '' } = this.#env;
    const { PAN_HOOK_TOKEN: token } = this.#env;
    if (!agentId || !spoolFolder) return;
    reportEvent(spoolFolder, {
      agentId,
      launchId,
      ...(token === undefined ? {} : { token }),
      at: new Date().toISOString(),
      source: 'hook',
      ...(request === undefined ? {} : { request: { id: request.id, pid: request.pid } }),
      event: {
        hook_event_name: name,
        session_id: this.#session.sessionId,
        cwd: this.#session.cwd,
        transcript_path: this.#session.transcriptPath,
        permission_mode: HOOK_PERMISSION_MODE[this.#session.permissionMode],
        ...fields,
      },
    });
  }
}
