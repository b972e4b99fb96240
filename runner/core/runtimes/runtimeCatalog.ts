import { UserError } from '../../protocol/errors.ts';
import type { Config, RuntimeConfig } from '../config/config.ts';
import { findProgram } from '../platform/findProgram.ts';
import { CommandRuntime } from './command/commandRuntime.ts';
import type { Runtime } from './runtime.ts';
import type { RuntimeDefinition, RuntimeDeps } from './runtimeDefinition.ts';

export interface CatalogDeps extends Omit<RuntimeDeps, 'config' | 'env'> {
  config: { read(): Promise<Config> };
  /** The user's environment, as agents get it. */
  environment: { get(): Promise<Readonly<Record<string, string>>> };
  definitions: readonly RuntimeDefinition[];
}

/** The runtime that is meant where nothing says otherwise. */
export const fallbackRuntime = 'rehearsal';

/** Which runtimes there are, as configured at the moment of asking. */
export class RuntimeCatalog {
  private readonly deps: CatalogDeps;

  constructor(deps: CatalogDeps) {
    this.deps = deps;
  }

  /** The named runtime, or the configured default. */
  async get(name: string | undefined): Promise<Runtime> {
    const config = await this.deps.config.read();
    const wanted = name ?? config.defaults.runtime ?? fallbackRuntime;
    const entry = config.runtimes.get(wanted);
    const env = { ...(await this.deps.environment.get()), ...entry?.env };
    const definition = this.deps.definitions.find((each) => each.name === wanted);
    if (definition !== undefined) return definition.create({ ...this.deps, config: entry ?? emptyConfig, env });
    const [program, ...args] = entry?.command ?? [];
    if (entry === undefined || program === undefined) throw unknownRuntime(wanted, this.namesIn(config));
    return new CommandRuntime({
      name: wanted,
      command: [program, ...args],
      env: entry.env,
      findProgram: (file) => findProgram(file, env['PATH']),
    });
  }

  /** The environment that agents of this runtime get, without what the runner adds. */
  async environmentOf(name: string): Promise<Readonly<Record<string, string>>> {
    const { config, environment } = this.deps;
    return { ...(await environment.get()), ...(await config.read()).runtimes.get(name)?.env };
  }

  /** The tools that Panopticon knows, as configured now. */
  async known(): Promise<Runtime[]> {
    return Promise.all(this.deps.definitions.map(({ name }) => this.get(name)));
  }

  async names(): Promise<string[]> {
    return this.namesIn(await this.deps.config.read());
  }

  private namesIn(config: Config): string[] {
    const commands = [...config.runtimes].filter(([, entry]) => entry.command !== null).map(([name]) => name);
    return [...new Set([...this.deps.definitions.map(({ name }) => name), ...commands])];
  }
}

const emptyConfig: RuntimeConfig = { command: null, env: {}, script: null };

function unknownRuntime(name: string, known: string[]): UserError {
  return new UserError({
    code: 'unknownRuntime',
    message: `There is no runtime ${JSON.stringify(name.slice(0, 40))}.`,
    hint: `Choose one of ${known.join(', ')}, or describe it in config.toml under [runtimes.<name>].`,
  });
}
