import type { RuntimeConfig } from '../config/config.ts';
import type { ProcessIdentity } from '../platform/platform.ts';
import type { Clock, Log } from '../ports.ts';
import type { Runtime, RuntimeCapabilities } from './runtime.ts';
import type { RuntimeBehaviour } from './runtimeBehaviour.ts';

/** One AI tool that Panopticon knows. Adding one is adding a folder with this and a line in `runtimeDefinitions.ts`. */
export interface RuntimeDefinition {
  name: string;
  capabilities: RuntimeCapabilities;
  behaviour: RuntimeBehaviour;
  create(deps: RuntimeDeps): Runtime;
}

export interface RuntimeDeps {
  /** What config.toml says of it: its `command`, where it is not on the PATH, and its own variables. */
  config: RuntimeConfig;
  /** The environment that the tool will have, its configured variables included: HOME, PATH, where its files are. */
  env: Readonly<Record<string, string>>;
  clock: Clock;
  log: Log;
  /** This process, as the holder of locks on the tool's own files. */
  self: ProcessIdentity;
  startTimeOf(pid: number): Promise<string | undefined>;
  /** The Node that runs us, and the programs that ship with it. */
  node: string;
  rehearsalProgram: string;
  rehearsalFolder: string;
}
