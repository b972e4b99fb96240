import type { Context } from './context.ts';
import type { JsonDocumentName } from './jsonDocuments.ts';
import type { Look } from './render/look.ts';

export interface ArgumentSpec {
  /** `rest` takes every further word. */
  kind: 'required' | 'optional' | 'rest';
  summary: string;
}

interface OptionBase {
  summary: string;
  /** One letter: `n` for `-n`. */
  short?: string;
}

/** `list` and `choices` may be repeated and take several values separated by commas. */
export type OptionSpec =
  | (OptionBase & { kind: 'flag' })
  | (OptionBase & { kind: 'text'; value: string })
  | (OptionBase & { kind: 'count'; value: string })
  | (OptionBase & { kind: 'list'; value: string })
  | (OptionBase & { kind: 'choice'; value: string; choices: readonly string[] })
  | (OptionBase & { kind: 'choices'; value: string; choices: readonly string[] });

export type ArgumentSpecs = Readonly<Record<string, ArgumentSpec>>;
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type ArgumentValue<A> = A extends { kind: 'required' }
  ? string
  : A extends { kind: 'optional' }
    ? string | undefined
    : string[];

type OptionValue<O> = O extends { kind: 'flag' }
  ? boolean
  : O extends { kind: 'choice'; choices: readonly (infer C)[] }
    ? C | undefined
    : O extends { kind: 'choices'; choices: readonly (infer C)[] }
      ? C[]
      : O extends { kind: 'list' }
        ? string[]
        : O extends { kind: 'count' }
          ? number | undefined
          : string | undefined;

export type ArgumentValues<A> = { -readonly [K in keyof A]: ArgumentValue<A[K]> };
export type OptionValues<O> = { -readonly [K in keyof O]: OptionValue<O[K]> };

/** What a command found out or did, before it is decided how to show it. */
export interface Outcome {
  /** What `--json` prints. */
  document: unknown;
  /** The same for people, without the final newline; empty prints nothing. */
  text(look: Look): string;
  /** What of the document the text shows, where that is less than all of it. */
  shown?: unknown;
  /** Shown to people in place of the text when the command did not reach its aim; the document says so by itself. */
  problem?: { message: string; hint: string } | undefined;
  /** 0 unless given. */
  exitCode?: number;
}

/** A command of `pan`: inert data and one function. Help, docs and parsing are made from the data. */
export interface Command<A extends ArgumentSpecs = ArgumentSpecs, O extends OptionSpecs = OptionSpecs> {
  /** `work tell`. */
  path: string;
  /** Starts with a verb, no full stop, at most 52 characters. */
  summary: string;
  description?: string;
  args: A;
  /** Keys are camel case: `bodyFile` is `--body-file`. */
  options: O;
  /** Which document `--json` prints; without it the command has no `--json`. */
  json?: JsonDocumentName;
  examples: readonly string[];
  hidden?: boolean;
  /** A number is an exit code: the command has written for itself. */
  run(context: Context, args: ArgumentValues<A>, options: OptionValues<O>): Promise<Outcome | number>;
}

export function defineCommand<const A extends ArgumentSpecs, const O extends OptionSpecs>(
  command: Command<A, O>,
): Command<A, O> {
  return command;
}

const jsonOption = { kind: 'flag', summary: 'print one JSON document' } as const satisfies OptionSpec;
const colorOption = {
  kind: 'choice',
  value: 'when',
  choices: ['auto', 'always', 'never'],
  summary: 'colour: auto (on a terminal), always or never',
} as const satisfies OptionSpec;

/** A command's own options and those that every command takes; `json` only where the command has a document. */
export function allOptions(command: Command): OptionSpecs {
  const own = command.json === undefined ? command.options : { ...command.options, json: jsonOption };
  return { ...own, color: colorOption };
}

/** `bodyFile` is written `--body-file`. */
export function optionFlag(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
