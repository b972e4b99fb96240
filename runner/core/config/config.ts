import type { PermissionMode } from '../../protocol/enumerations.ts';

/** What config.toml says, checked, with null where it says nothing. */
export interface Config {
  defaults: {
    runtime: string | null;
    model: string | null;
    mode: PermissionMode;
  };
  projects: ReadonlyMap</* project name */ string, ProjectConfig>;
  runtimes: ReadonlyMap</* runtime name */ string, RuntimeConfig>;
  environment: {
    /** Whether agents get the variables that the user's login shell sets. */
    loginShell: boolean;
  };
  /** One line for each entry that means nothing to this version. */
  warnings: string[];
}

/** What goes before the defaults in one project. */
export interface ProjectConfig {
  runtime: string | null;
  model: string | null;
  mode: PermissionMode | null;
}

export interface RuntimeConfig {
  /**
   * The program and its arguments, with placeholders in them. Of a tool that Panopticon knows: where its program is, to
   * which the tool's own arguments are added.
   */
  command: string[] | null;
  env: Record<string, string>;
  /** Absolute path of the script that the rehearsal plays. */
  script: string | null;
}
