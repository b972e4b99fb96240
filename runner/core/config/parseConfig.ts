import path from 'node:path';
import { parse, TomlError } from 'smol-toml';
import {
  array,
  boolean,
  custom,
  type GenericSchema,
  type InferOutput,
  looseObject,
  minLength,
  optional,
  picklist,
  pipe,
  record,
  regex,
  safeParse,
  string,
} from 'valibot';
import { permissionModes } from '../../protocol/enumerations.ts';
import { runtimeDefinitions } from '../runtimes/runtimeDefinitions.ts';
import type { Config, ProjectConfig, RuntimeConfig } from './config.ts';
import { holdsPlaceholder, placeholders, unknownPlaceholders } from './fillPlaceholders.ts';

/** What is wrong with config.toml, in one line. */
export class ConfigFault extends Error {
  constructor(reason: string, line?: number) {
    super(line === undefined ? reason : `line ${line}: ${reason}`);
    this.name = 'ConfigFault';
  }
}

const runtimeName = /^[a-z][a-z0-9-]{0,31}$/;
/** Tools that bring their own arguments: a command can only say where the program is. */
const located = new Set(
  runtimeDefinitions.filter(({ capabilities }) => !capabilities.isRehearsal).map(({ name: tool }) => tool),
);
/** Runtimes that bring their own command. */
const reserved = new Set(['rehearsal', 'cursor']);

const name = pipe(string(), regex(runtimeName, 'a runtime is named by lower case letters, digits and dashes'));
const word = pipe(string(), regex(/^[^\0]*$/, 'NUL cannot be part of a command or variable'));
/** Not looseObject, which drops keys such as `constructor` silently. */
const table = custom<object>(isTable, 'a table is expected');
const topSchema = looseObject({
  defaults: optional(table),
  projects: optional(table),
  runtimes: optional(table),
  environment: optional(table),
});
/** `[defaults]` and each `[projects.<name>]`. */
const choiceSchema = looseObject({
  runtime: optional(name),
  model: optional(pipe(word, minLength(1, 'the model is empty'))),
  mode: optional(picklist(permissionModes, `the mode is one of ${permissionModes.join(', ')}`)),
});
const environmentSchema = looseObject({ login_shell: optional(boolean('true or false is expected')) });
const variableName = pipe(string(), regex(/^[A-Za-z_]\w*$/, 'not a name for an environment variable'));
const runtimeSchema = looseObject({
  command: optional(pipe(array(word), minLength(1, 'the command is empty'))),
  env: optional(record(variableName, word)),
  script: optional(pipe(word, minLength(1, 'the script is empty'))),
});

/**
 * Reads the text of config.toml. Entries that are not known become warnings, so that a file for a newer version still
 * works. `folder` is where relative paths in it start.
 *
 * @throws ConfigFault for what is no TOML, and for values that cannot be meant.
 */
export function parseConfig(text: string, folder: string): Config {
  const top = check(topSchema, parseToml(text), '');
  const warnings = unknownKeys(top, topSchema, '');
  const defaults = check(choiceSchema, top.defaults ?? {}, 'defaults');
  warnings.push(...unknownKeys(defaults, choiceSchema, 'defaults.'));
  const projects = new Map<string, ProjectConfig>();
  for (const [project, value] of Object.entries(top.projects ?? {})) {
    const found = check(choiceSchema, value, `projects.${project}`);
    warnings.push(...unknownKeys(found, choiceSchema, `projects.${project}.`));
    projects.set(project, choiceFrom(found));
  }
  const runtimes = new Map<string, RuntimeConfig>();
  for (const [runtime, value] of Object.entries(top.runtimes ?? {})) {
    const found = check(runtimeSchema, value, `runtimes.${runtime}`);
    warnings.push(...unknownKeys(found, runtimeSchema, `runtimes.${runtime}.`));
    if (found.script !== undefined && runtime !== 'rehearsal') {
      warnings.push(`remove runtimes.${runtime}.script: only the rehearsal plays a script`);
    }
    runtimes.set(check(name, runtime, `runtimes.${runtime}`), runtimeFrom(runtime, found, folder));
  }
  const environment = check(environmentSchema, top.environment ?? {}, 'environment');
  warnings.push(...unknownKeys(environment, environmentSchema, 'environment.'));
  return {
    defaults: { ...choiceFrom(defaults), mode: defaults.mode ?? 'auto' },
    projects,
    runtimes,
    environment: { loginShell: environment.login_shell ?? true },
    warnings,
  };
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
    throw new ConfigFault(reason, error.line);
  }
}

function choiceFrom(found: InferOutput<typeof choiceSchema>): ProjectConfig {
  return { runtime: found.runtime ?? null, model: found.model ?? null, mode: found.mode ?? null };
}

function runtimeFrom(runtime: string, found: InferOutput<typeof runtimeSchema>, folder: string): RuntimeConfig {
  const key = `runtimes.${runtime}.command`;
  const isReserved = reserved.has(runtime);
  if (isReserved && found.command !== undefined) {
    throw new ConfigFault(`${key}: ${runtime} brings its own command; choose another name for yours`);
  }
  const isLocated = located.has(runtime);
  if (!isReserved && !isLocated && found.command === undefined) throw new ConfigFault(`${key}: the command is missing`);
  if (found.command?.[0] === '') throw new ConfigFault(`${key}: the first word, the program, is empty`);
  const meant = isLocated ? found.command?.find(holdsPlaceholder) : undefined;
  if (meant !== undefined) {
    throw new ConfigFault(`${key}: it says where ${runtime} is, and nothing is put in for ${meant}`);
  }
  const unknown = isLocated ? undefined : found.command?.flatMap(unknownPlaceholders)[0];
  if (unknown !== undefined) {
    const known = placeholders.map((placeholder) => `{${placeholder}}`).join(' ');
    throw new ConfigFault(`${key}: {${unknown}} is not a placeholder; there are ${known}`);
  }
  const script = found.script !== undefined && runtime === 'rehearsal' ? path.resolve(folder, found.script) : null;
  return { command: found.command ?? null, env: found.env ?? {}, script };
}

function check<S extends GenericSchema>(schema: S, value: unknown, key: string): InferOutput<S> {
  const result = safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const inner = issue.path?.map((item) => String(item.key)).join('.');
  const where = [key, inner].filter((part) => part !== undefined && part !== '').join('.');
  throw new ConfigFault(`${where}: ${issue.message}`);
}

function unknownKeys(value: object, schema: { entries: object }, prefix: string): string[] {
  const known = new Set(Object.keys(schema.entries));
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  return unknown.map((key) => `remove ${prefix}${key} or correct its spelling: it is not known and ignored`);
}
