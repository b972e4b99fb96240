import { watch } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../../protocol/errors.ts';
import { defineCommand } from '../../command.ts';
import type { Host } from '../../host.ts';
import { readFrom, readTail } from '../../logTail.ts';
import { plainText } from '../../render/plainText.ts';
import { usageError } from '../../usageError.ts';

const defaultLines = 50;

export const daemonLog = defineCommand({
  path: 'daemon log',
  summary: "Show the end of the runner's log",
  description: 'Reads the file, so it works whether or not the runner runs.',
  args: {},
  options: {
    lines: { kind: 'count', value: 'n', short: 'n', summary: `how many lines; ${defaultLines} unless given` },
    follow: { kind: 'flag', short: 'f', summary: 'go on with what is written later, until Ctrl+C' },
  },
  json: 'daemonLog',
  examples: ['pan daemon log -n 200', 'pan daemon log -f'],
  async run({ host, json }, _args, options) {
    const file = path.join(host.home(), 'log', 'daemon.log');
    if (options.follow && json) throw usageError('--follow and --json exclude each other.', 'Leave one of them out.');
    const tail = await readTail(file, options.lines ?? defaultLines).catch((error: unknown) => {
      throw noLog(file, error);
    });
    if (options.follow) return follow(host, file, tail.text, tail.end);
    const lines = tail.text === '' ? [] : tail.text.split('\n');
    return { document: { path: file, lines }, text: () => plainText(tail.text) };
  },
});

/** Ends only with the process, or when the log cannot be read any more. */
async function follow(host: Host, file: string, text: string, end: number): Promise<never> {
  if (text !== '') await host.stdout.write(`${plainText(text)}\n`);
  let position = end;
  let turn = Promise.resolve();
  const more = async () => {
    const tail = await readFrom(file, position);
    position = tail.end;
    if (tail.text !== '') await host.stdout.write(plainText(tail.text));
  };
  return new Promise((_, reject) => {
    const takeMore = () => {
      turn = turn.then(more).catch(reject);
    };
    // The folder, because a log that is replaced is another file.
    const watcher = watch(path.dirname(file), (_event, name) => {
      if (name === path.basename(file)) takeMore();
    });
    watcher.on('error', reject);
    // What was written before the watch began.
    takeMore();
  });
}

function noLog(file: string, cause: unknown): UserError {
  const code = (cause as NodeJS.ErrnoException).code;
  return new UserError({
    code: 'noLog',
    message:
      code === 'ENOENT'
        ? `There is no log yet: ${file}`
        : `The log ${file} cannot be read (${code ?? 'unknown reason'}).`,
    hint: code === 'ENOENT' ? 'The runner writes one when it runs: pan up' : 'Check its permissions.',
    cause,
  });
}
