import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../protocol/errors.ts';
import { errnoOf } from '../files/fileFailure.ts';
import type { Log } from '../ports.ts';
import { oneLine } from '../text/sanitize.ts';
import type { Config } from './config.ts';
import { ConfigFault, parseConfig } from './parseConfig.ts';

/** Largest configuration that is read, in bytes. */
const maxBytes = 1024 * 1024;

/** The user's config.toml, read again whenever the file has changed. */
export class ConfigStore {
  private readonly file: string;
  private readonly log: Log;
  private last: { stamp: string; config: Config } | undefined;

  constructor(deps: { file: string; log: Log }) {
    this.file = deps.file;
    this.log = deps.log;
  }

  /** A missing file is an empty one. @throws UserError `badConfig` naming the file, the line and the reason. */
  async read(): Promise<Config> {
    try {
      const stamp = this.stamp();
      if (this.last !== undefined && this.last.stamp === stamp) return this.last.config;
      const config = parseConfig(stamp === 'missing' ? '' : await readFile(this.file, 'utf8'), path.dirname(this.file));
      for (const warning of config.warnings) this.log.warn(`${this.file}: ${oneLine(warning, 200)}`);
      this.last = { stamp, config };
      return config;
    } catch (error) {
      throw this.asUserError(error);
    }
  }

  /** Asked for every agent at every glance: directly, which takes 2 µs, and not through the pool of threads. */
  private stamp(): string {
    const facts = statSync(this.file, { bigint: true, throwIfNoEntry: false });
    if (facts === undefined) return 'missing';
    if (facts.size > maxBytes) throw new ConfigFault('it is larger than 1 MB');
    return `${facts.ino}:${facts.size}:${facts.mtimeNs}:${facts.ctimeNs}`;
  }

  private asUserError(error: unknown): unknown {
    const code = errnoOf(error);
    const reason = error instanceof ConfigFault ? error.message : code;
    if (reason === undefined) return error;
    return new UserError({
      code: 'badConfig',
      message: `${this.file} cannot be used: ${oneLine(reason, 300)}.`,
      hint: `Correct it in an editor: ${this.file}`,
      cause: error,
    });
  }
}
