import type { PermissionMode } from './enumerations.ts';

/** A tool that an agent can be started with. */
export interface RuntimeChoice {
  name: string;
  /** Whether it can be started now; where not, `reason` and `fix` say why and what to do. */
  ready: boolean;
  reason: string | null;
  /** A command to type. */
  fix: string | null;
  version: string | null;
  /** What a start without further words takes. */
  model: string | null;
  mode: PermissionMode;
  modes: PermissionMode[];
  /** It is what a start takes where none is named. */
  isDefault: boolean;
}

export interface RuntimeList {
  runtimes: RuntimeChoice[];
  /** Whether the mode `bypass` was allowed in the project. */
  bypassAllowed: boolean;
}

/** A message that waits for an agent, or was told. */
export interface MailItem {
  id: string;
  text: string;
  /** `typed`: entered while its tool was busy; `unconfirmed`: nobody knows whether it arrived. */
  state: 'queued' | 'typed' | 'delivered' | 'sent' | 'unconfirmed';
  createdAt: string;
}
