import { UserError } from '../../protocol/errors.ts';
import type { Config } from '../config/config.ts';
import { findProgram } from '../platform/findProgram.ts';
import { CommandRuntime } from './command/commandRuntime.ts';
import { RehearsalRuntime } from './rehearsal/rehearsalRuntime.ts';
import type { Runtime } from './runtime.ts';

export interface CatalogDeps {
  config: { read(): Promise<Config> };
  env: Readonly<Record<string, string>>;
  node: string;
  rehearsalProgram: string;
  rehearsalFolder: string;
}

/** The runtime that is meant where nothing says otherwise. */
const fallbackRuntime = 'rehearsal';

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
    if (wanted === 'rehearsal') {
      return new RehearsalRuntime({
        node: this.deps.node,
        program: this.deps.rehearsalProgram,
        stateFolder: this.deps.rehearsalFolder,
        script: entry?.script ?? null,
        env: entry?.env ?? {},
      });
    }
    const [program, ...args] = entry?.command ?? [];
    if (entry === undefined || program === undefined) throw unknownRuntime(wanted, namesIn(config));
    const searchPath = entry.env['PATH'] ?? this.deps.env['PATH'];
    return new CommandRuntime({
      name: wanted,
      command: [program, ...args],
      env: entry.env,
      findProgram: (file) => findProgram(file, searchPath),
    });
  }

  async names(): Promise<string[]> {
    return namesIn(await this.deps.config.read());
  }
}

function namesIn(config: Config): string[] {
  const commands = [...config.runtimes].filter(([, entry]) => entry.command !== null).map(([name]) => name);
  return ['rehearsal', ...commands.filter((name) => name !== 'rehearsal')];
}

function unknownRuntime(name: string, known: string[]): UserError {
  return new UserError({
    code: 'unknownRuntime',
    message: `There is no runtime ${JSON.stringify(name.slice(0, 40))}.`,
    hint: `Choose one of ${known.join(', ')}, or describe it in config.toml under [runtimes.<name>].`,
  });
}
