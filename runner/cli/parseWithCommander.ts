import { CommanderError, Option, Command as Program } from 'commander';
import type { UserError } from '../protocol/errors.ts';
import { allOptions, type Command, type OptionSpec, optionFlag } from './command.ts';
import { plainLine } from './render/plainText.ts';
import { usageError } from './usageError.ts';

/** As typed: a flag is true, everything else the list of its values in order. */
export interface RawArguments {
  args: (string | string[] | undefined)[];
  options: Record<string, boolean | string[] | undefined>;
}

/** @throws UserError (usage) when the words do not fit the command's definition. */
export function parseWithCommander(command: Command, words: readonly string[]): RawArguments {
  const program = new Program(`pan ${command.path}`)
    .exitOverride()
    .helpOption(false)
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  for (const [name, { kind }] of Object.entries(command.args)) program.argument(argumentUsage(name, kind));
  for (const [key, spec] of Object.entries(allOptions(command))) program.addOption(optionOf(key, spec));
  try {
    program.parse([...words], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw usageProblem(error, command, program.args);
    throw error;
  }
  return { args: program.processedArgs, options: program.opts() };
}

/** `<id>`, `[id]` or `[text...]`. */
export function argumentUsage(name: string, kind: Command['args'][string]['kind']): string {
  if (kind === 'required') return `<${name}>`;
  return kind === 'rest' ? `[${name}...]` : `[${name}]`;
}

function optionOf(key: string, spec: OptionSpec): Option {
  const flags = `${spec.short === undefined ? '' : `-${spec.short}, `}${optionFlag(key)}`;
  if (spec.kind === 'flag') return new Option(flags);
  return new Option(`${flags} <${spec.value}>`).argParser((value, before: string[] = []) => [...before, value]);
}

/** Commander names what is wrong by a code, and its subject only in quotes within its text. */
function usageProblem(error: CommanderError, command: Command, words: readonly string[]): UserError {
  const subject = /'(.*?)'/s.exec(error.message)?.[1] ?? '';
  const help = `See: pan help ${command.path}`;
  switch (error.code) {
    case 'commander.unknownOption': {
      const meant = /Did you mean (.*)\?\)/.exec(error.message)?.[1];
      const takesText = Object.values(command.args).some(({ kind }) => kind === 'rest');
      const hint = takesText
        ? `Text that starts with a dash goes after --: pan ${command.path} ... -- ${subject}`
        : help;
      return usageError(
        `pan ${command.path} has no option ${subject}.`,
        meant === undefined ? hint : `Did you mean ${meant}? ${help}`,
      );
    }
    case 'commander.missingArgument':
      return usageError(`pan ${command.path} needs <${subject}>.`, exampleHint(command));
    case 'commander.optionMissingArgument':
      return usageError(`${subject} needs a value.`, help);
    case 'commander.excessArguments':
      return usageError(tooMuch(command, words), exampleHint(command));
    default:
      return usageError(`${error.message.replace(/^error: /, '')}.`, help);
  }
}

/** `pan work issue takes one id; "extra" is too much.` */
function tooMuch(command: Command, words: readonly string[]): string {
  const names = Object.keys(command.args);
  const taken = names.length === 0 ? 'no words' : names.map((name) => `one ${name}`).join(' and ');
  const extra = words.slice(names.length).map((word) => `"${oneWord(word)}"`);
  const shown = extra.length > 3 ? [...extra.slice(0, 3), '...'] : extra;
  return `pan ${command.path} takes ${taken}; ${shown.join(' ')} ${extra.length === 1 ? 'is' : 'are'} too much.`;
}

/** As much of a word as is needed to recognise it. */
function oneWord(word: string): string {
  const line = plainLine(word);
  return line.length > 40 ? `${line.slice(0, 40)}...` : line;
}

function exampleHint(command: Command): string {
  return `For example: ${command.examples[0] ?? `pan ${command.path}`}`;
}
