import { allOptions, type Command, type OptionSpec, optionFlag } from './command.ts';
import { usageError } from './usageError.ts';

export interface ParsedArguments {
  args: Record<string, string | string[] | undefined>;
  /** The command's own; those that every command takes are apart. */
  options: Record<string, OptionResult>;
  json: boolean;
}

type OptionResult = boolean | number | string | string[] | undefined;

/**
 * The values of a command's arguments and options.
 *
 * @throws UserError (usage) when they do not fit the command's definition.
 */
export async function parseArguments(command: Command, words: readonly string[]): Promise<ParsedArguments> {
  const raw = isBare(command, words)
    ? { args: [], options: words.length === 0 ? {} : { json: true } }
    : await (await import('./parseWithCommander.ts')).parseWithCommander(command, words);
  const names = Object.keys(command.args);
  const rest = (name: string) => command.args[name]?.kind === 'rest';
  const {
    json,
    color: _,
    ...options
  } = Object.fromEntries(
    Object.entries(allOptions(command)).map(([key, spec]) => [key, optionValue(key, spec, raw.options[key])]),
  );
  return {
    args: Object.fromEntries(names.map((name, index) => [name, raw.args[index] ?? (rest(name) ? [] : undefined)])),
    options,
    json: json === true,
  };
}

/** What there is nothing to parse in: `pan status`, `pan status --json`. Loading a parser would be half of its time. */
function isBare(command: Command, words: readonly string[]): boolean {
  if (Object.values(command.args).some(({ kind }) => kind === 'required')) return false;
  return words.length === 0 || (words.length === 1 && words[0] === '--json' && command.json !== undefined);
}

function optionValue(key: string, spec: OptionSpec, raw: boolean | string[] | undefined): OptionResult {
  const given = Array.isArray(raw) ? raw : [];
  const last = given.at(-1);
  switch (spec.kind) {
    case 'flag':
      return raw === true;
    case 'text':
      return last;
    case 'list':
      return splitList(given);
    case 'choice':
      return last === undefined ? undefined : checkChoice(key, last, spec.choices);
    case 'choices':
      return splitList(given).map((value) => checkChoice(key, value, spec.choices));
    case 'count':
      return last === undefined ? undefined : checkCount(key, last);
  }
}

/** An empty value stays, because `--label ""` means: no labels. */
function splitList(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',').map((part) => part.trim()));
}

function checkChoice(key: string, value: string, choices: readonly string[]): string {
  if (choices.includes(value)) return value;
  throw usageError(`${optionFlag(key)} cannot be "${value}".`, `One of: ${choices.join(', ')}`);
}

function checkCount(key: string, value: string): number {
  const count = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(count) && count > 0) return count;
  throw usageError(
    `${optionFlag(key)} takes a whole number from 1, not "${value}".`,
    `For example: ${optionFlag(key)} 50`,
  );
}
