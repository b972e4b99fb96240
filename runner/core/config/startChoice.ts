import type { PermissionMode } from '../../protocol/enumerations.ts';
import type { Config } from './config.ts';

/** What an agent is to run, with null where nothing says it: the runtime that is shipped, the tool's own model. */
export interface StartChoice {
  runtime: string | null;
  model: string | null;
  mode: PermissionMode;
}

export interface StartWishes {
  runtime?: string | undefined;
  model?: string | undefined;
  mode?: PermissionMode | undefined;
}

/**
 * What is said for one agent goes before what the last one ran, that before what config.toml says for its
 * project, and that before the defaults. A model belongs to a tool: one that was said beside another tool than the
 * chosen one is passed over.
 */
export function resolveStart(
  config: Config,
  project: string,
  params: StartWishes,
  last: StartChoice | undefined,
): StartChoice {
  const { defaults } = config;
  const own = config.projects.get(project);
  const usual = own?.runtime ?? defaults.runtime;
  const runtime = params.runtime ?? last?.runtime ?? usual;
  const fits = (tool: string | null): boolean => tool === null || tool === runtime;
  const model = [
    params.model,
    last?.runtime === runtime ? last?.model : undefined,
    fits(usual) ? own?.model : undefined,
    fits(defaults.runtime) ? defaults.model : undefined,
  ].find((each) => typeof each === 'string');
  return { runtime, model: model ?? null, mode: params.mode ?? last?.mode ?? own?.mode ?? defaults.mode };
}
