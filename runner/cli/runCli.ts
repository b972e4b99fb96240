import { UserError } from '../protocol/errors.ts';
import type { Command, Outcome } from './command.ts';
import { commandSections, commandTable, visibleCommands } from './commandTable.ts';
import { Connections } from './connections.ts';
import { exitCodes, failureOf } from './failure.ts';
import { type Found, findCommand } from './findCommand.ts';
import type { Host, Sink } from './host.ts';
import { parseArguments } from './parseArguments.ts';
import { ProgressLine } from './progressLine.ts';
import { errorText } from './render/errorText.ts';
import { jsonText } from './render/jsonText.ts';
import { type ColorChoice, type Look, lookOf } from './render/look.ts';
import { lengthOf, measureFor } from './render/textWidth.ts';
import { usageError } from './usageError.ts';

/**
 * `pan`: finds the command, runs it, prints its outcome. Never rejects.
 *
 * @param argv what was typed after `pan`.
 * @returns the exit code: 0 ok, 1 user error, 2 usage, 70 our bug.
 */
export async function runCli(argv: readonly string[], host: Host): Promise<number> {
  const typed = typedGlobals(argv);
  const connections = new Connections(host);
  const look = lookFor(host, host.stderr, typed.color);
  const progress = new ProgressLine(host.stderr, look, () => host.monotonicMs());
  try {
    if (host.platform === 'win32') throw needsWsl();
    const found = findCommand(argv, Object.keys(commandTable));
    if (found.kind === 'version') return await print(host, `${host.version}\n`);
    if (found.kind === 'unknown') throw unknownCommand(found);
    if (found.kind === 'help') return await print(host, await helpFor(found.topic, host, typed.color));
    const { path, rest } = found;
    if (asksForHelp(rest)) return await print(host, await helpFor(path, host, typed.color));
    const command = await loadCommand(path);
    const { args, options, json } = await parseArguments(command, rest);
    const context = {
      host,
      json,
      progress,
      look: async (document: unknown) => lookFor(host, host.stdout, typed.color, await measureFor(document)),
      runner: () => connections.runner(),
      runningRunner: () => connections.runningRunner(),
    };
    const outcome = await command.run(context, args as never, options as never);
    await progress.clear();
    return typeof outcome === 'number' ? outcome : await printOutcome(outcome, json, host, typed.color);
  } catch (thrown) {
    await progress.clear();
    return await printFailure(thrown, typed.json, host, look);
  } finally {
    connections.close();
  }
}

/** `--json` and `--color` as they concern errors, which may happen before or while the rest is parsed. */
function typedGlobals(argv: readonly string[]): { json: boolean; color: ColorChoice } {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const at = words.findLastIndex((word) => word === '--color' || word.startsWith('--color='));
  const color = at < 0 ? undefined : (words[at]?.split('=')[1] ?? words[at + 1]);
  return { json: words.includes('--json'), color: color === 'always' || color === 'never' ? color : 'auto' };
}

function asksForHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--');
  return (end < 0 ? rest : rest.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

function lookFor(host: Host, sink: Sink, color: ColorChoice, measure: (text: string) => number = lengthOf): Look {
  return lookOf(sink, host.env, color, host.now(), measure);
}

async function helpFor(topic: string, host: Host, color: ColorChoice): Promise<string> {
  const { commandHelp, groupHelp, overviewHelp } = await import('./render/helpPage.ts');
  const look = lookFor(host, host.stdout, color);
  if (Object.hasOwn(commandTable, topic)) return `${commandHelp(await loadCommand(topic), look)}\n`;
  const commands = await visibleCommands();
  return `${topic === '' ? overviewHelp(commands, commandSections, look) : groupHelp(topic, commands, look)}\n`;
}

async function loadCommand(path: string): Promise<Command> {
  const load = commandTable[path];
  if (load === undefined) throw new Error(`there is no command ${path} in the table`);
  return load();
}

async function printOutcome(outcome: Outcome, json: boolean, host: Host, color: ColorChoice): Promise<number> {
  const exitCode = outcome.exitCode ?? exitCodes.ok;
  if (json) return printDocument(outcome.document, host, exitCode);
  if (outcome.problem !== undefined) {
    await host.stderr.write(`${errorText(outcome.problem, lookFor(host, host.stderr, color))}\n`);
    return exitCode;
  }
  const text = outcome.text(lookFor(host, host.stdout, color, await measureFor(outcome.shown ?? outcome.document)));
  return print(host, text === '' ? '' : `${text}\n`, exitCode);
}

async function printFailure(thrown: unknown, json: boolean, host: Host, look: Look): Promise<number> {
  const { error, exitCode } = failureOf(thrown);
  if (host.env['PAN_DEBUG'] === '1' && thrown instanceof Error) await host.stderr.write(`${thrown.stack ?? ''}\n`);
  if (json && error.code !== 'outputLost')
    return printDocument({ error: { ...error, hint: error.hint ?? null } }, host, exitCode);
  await host.stderr.write(`${errorText(error, look)}\n`);
  return exitCode;
}

/** One line for programs, several for people. */
function printDocument(document: unknown, host: Host, exitCode: number): Promise<number> {
  return print(host, `${jsonText(document, host.stdout.isTTY ? 2 : 0)}\n`, exitCode);
}

async function print(host: Host, text: string, exitCode: number = exitCodes.ok): Promise<number> {
  if (text !== '') await host.stdout.write(text);
  return exitCode;
}

function unknownCommand({ words, suggestions }: Found & { kind: 'unknown' }): UserError {
  const meant = suggestions.map((path) => `pan ${path}`).join(' or ');
  return usageError(
    `There is no command pan ${words}.`,
    meant === '' ? 'All commands: pan help' : `Did you mean ${meant}?`,
  );
}

function needsWsl(): UserError {
  return new UserError({
    code: 'needsWsl',
    message: 'Panopticon needs WSL2 on Windows.',
    hint: 'In PowerShell: wsl --install. Then install Panopticon inside it.',
  });
}
