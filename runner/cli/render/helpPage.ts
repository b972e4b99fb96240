import { allOptions, type Command, type OptionSpec, optionFlag } from '../command.ts';
import { jsonDocuments } from '../jsonDocuments.ts';
import type { Look } from './look.ts';
import { paint } from './paint.ts';

/** Help is read, not scanned: wider lines than this are hard to follow. */
const mostColumns = 80;
const nameColumns = 21;

const tagline = 'Panopticon turns issues into finished branches by running AI coding agents\nside by side.';

/** `pan help`: all commands under their headings. */
export function overviewHelp(
  commands: readonly Command[],
  sections: readonly { title: string; words: readonly string[] }[],
  look: Look,
): string {
  const blocks = sections.map(({ title, words }) => {
    const own = commands.filter(({ path }) => words.includes(path.split(' ')[0] ?? ''));
    return [paint(title, 'bold', look), ...own.map(commandLine)].join('\n');
  });
  return [
    tagline,
    'Usage: pan <command> [options]',
    ...blocks,
    'Ids are typed as MIN-123 or min-123. --json prints one document for programs.\nMore about a command: pan help work tell',
  ].join('\n\n');
}

/** `pan help work`: the commands of a group. */
export function groupHelp(group: string, commands: readonly Command[], look: Look): string {
  const own = commands.filter(({ path }) => path.startsWith(`${group} `));
  return [`Usage: pan ${group} <command>`, '', ...own.map(commandLine), '', `More about one: pan help ${own[0]?.path}`]
    .map((text, index) => (index === 0 ? text.replace('Usage:', paint('Usage:', 'bold', look)) : text))
    .join('\n');
}

/** `pan help work tell`: one command in full. */
export function commandHelp(command: Command, look: Look): string {
  const args = Object.entries(command.args).map(([name, { summary }]) => row(name, summary));
  const options = Object.entries(allOptions(command)).map(([key, spec]) => row(optionUsage(key, spec), helpOf(spec)));
  const help = row('-h, --help', 'show this');
  return [
    `Usage: ${usageOf(command)}`,
    wrap(`${command.summary}.${command.description === undefined ? '' : ` ${command.description}`}`, 0),
    ...section('Arguments', args, look),
    ...section('Options', [...options, help], look),
    ...(command.json === undefined ? [] : section('JSON', jsonLines(jsonDocuments[command.json]), look)),
    ...section(
      'Examples',
      command.examples.map((example) => `  ${example}`),
      look,
    ),
  ].join('\n\n');
}

/**
 * `pan work tell <id> [text...] [options]`.
 * @public for docs/cli.md, which .ci/docs.mjs writes.
 */
export function usageOf(command: Command): string {
  const args = Object.entries(command.args).map(([name, { kind }]) =>
    kind === 'required' ? `<${name}>` : kind === 'rest' ? `[${name}...]` : `[${name}]`,
  );
  return ['pan', command.path, ...args, '[options]'].join(' ');
}

/**
 * `-n, --lines <n>`.
 * @public for docs/cli.md, which .ci/docs.mjs writes.
 */
export function optionUsage(key: string, spec: Command['options'][string]): string {
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  return `${short}${optionFlag(key)}${spec.kind === 'flag' ? '' : ` <${spec.value}>`}`;
}

/** The summary, and what may be chosen where it does not say so itself. */
function helpOf(spec: OptionSpec): string {
  if (!('choices' in spec)) return spec.summary;
  return spec.choices.every((choice) => spec.summary.includes(choice))
    ? spec.summary
    : `${spec.summary}: ${spec.choices.join(', ')}`;
}

function jsonLines(document: string): string[] {
  // Names of shapes begin with a capital: Agent, StartPlan.
  const pointer = /\b[A-Z][A-Za-z]+\b/.test(document) ? ['  shapes: docs/cli.md'] : [];
  return [wrap(`  ${document}`, 2), ...pointer];
}

function commandLine(command: Command): string {
  return row(`pan ${command.path}`, command.summary);
}

function section(title: string, lines: readonly string[], look: Look): string[] {
  return lines.length === 0 ? [] : [[paint(title, 'bold', look), ...lines].join('\n')];
}

function row(name: string, text: string): string {
  const lead = `  ${name.padEnd(nameColumns)}  `;
  return wrap(lead + text, nameColumns + 4);
}

/** Breaks at blanks so that lines have at most 80 columns; further lines start after `indent` blanks. */
function wrap(text: string, indent: number): string {
  const start = /^ */.exec(text)?.[0] ?? '';
  const lead = indent > start.length ? text.slice(0, indent) : start;
  const lines: string[] = [];
  let line = lead;
  let empty = true;
  for (const word of text.slice(lead.length).split(' ')) {
    if (!empty && line.length + 1 + word.length > mostColumns) {
      lines.push(line);
      line = ' '.repeat(indent);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}
