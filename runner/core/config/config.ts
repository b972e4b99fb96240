import type { PermissionMode } from '../../protocol/enumerations.ts';

/** What config.toml says, checked, with null where it says nothing. */
export interface Config {
  defaults: {
    runtime: string | null;
    model: string | null;
    mode: PermissionMode;
  };
  runtimes: ReadonlyMap</* runtime name */ string, RuntimeConfig>;
  /** One line for each entry that means nothing to this version. */
  warnings: string[];
}

export interface RuntimeConfig {
  /** The program and its arguments, with placeholders in them. */
  command: string[] | null;
  env: Record<string, string>;
  /** Absolute path of the script that the rehearsal plays. */
  script: string | null;
}
