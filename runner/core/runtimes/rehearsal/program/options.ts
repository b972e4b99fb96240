import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { StartError } from './startError.ts';

const PERMISSION_MODES = ['plan', 'ask', 'auto', 'bypass'] as const;

// A conversation's id is part of its file name, so nothing but a UUID is accepted.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type PermissionMode = (typeof PERMISSION_MODES)[number];

export interface Options {
  readonly help: boolean;
  readonly model: string;
  readonly permissionMode: PermissionMode;
  /** The first task, exact; null when the program starts idle. */
  readonly prompt: string | null;
  readonly resume: string | null;
  readonly scriptFile: string | null;
  readonly sessionId: string | null;
  /** Folder of the conversations; null when the conversation is not kept. */
  readonly stateDir: string | null;
}

export const USAGE = `Usage: rehearsal [--session-id UUID | --resume UUID] [--model NAME]
                 [--permission-mode ${PERMISSION_MODES.join('|')}] [--script FILE] [--state-dir DIR]
                 [--prompt-file FILE | [--] PROMPT]

A rehearsal of an AI coding tool: no model runs, a script plays its part.
`;

/** Reads the arguments after the program's name. Throws StartError: 2 for usage, 1 for a prompt file that cannot be read. */
export function parseOptions(argv: readonly string[]): Options {
  const { values, positionals } = parseVector(argv);
  if (positionals.length > 1) throw usage('Give one prompt; put it in quotes.');
  if (values['session-id'] !== undefined && values.resume !== undefined) {
    throw usage('Give either --session-id or --resume.');
  }
  if (values['prompt-file'] !== undefined && positionals.length > 0) {
    throw usage('Give either --prompt-file or a prompt.');
  }
  const prompt = values['prompt-file'] === undefined ? positionals[0] : readPrompt(values['prompt-file']);
  return {
    help: values.help ?? false,
    model: values.model ?? 'rehearsal',
    permissionMode: permissionMode(values['permission-mode'] ?? 'ask'),
    prompt: prompt === undefined || prompt === '' ? null : prompt,
    resume: conversationId('--resume', values.resume),
    scriptFile: values.script ?? null,
    sessionId: conversationId('--session-id', values['session-id']),
    stateDir: values['state-dir'] ?? null,
  };
}

function parseVector(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        model: { type: 'string' },
        'permission-mode': { type: 'string' },
        'prompt-file': { type: 'string' },
        resume: { type: 'string' },
        script: { type: 'string' },
        'session-id': { type: 'string' },
        'state-dir': { type: 'string' },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/[.\n]/)[0] : String(error);
    throw new StartError(`${reason}. See rehearsal --help.`, 2, { cause: error });
  }
}

function permissionMode(text: string): PermissionMode {
  const mode = PERMISSION_MODES.find((known) => known === text);
  if (mode === undefined) throw usage(`--permission-mode is one of ${PERMISSION_MODES.join(', ')}.`);
  return mode;
}

function conversationId(option: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!UUID.test(text)) throw usage(`${option} takes a UUID.`);
  return text.toLowerCase();
}

function readPrompt(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new StartError(`The prompt file ${path} cannot be read.`, 1, { cause: error });
  }
}

function usage(message: string): StartError {
  return new StartError(`${message} See rehearsal --help.`, 2);
}
