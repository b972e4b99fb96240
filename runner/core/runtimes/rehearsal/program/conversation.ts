import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartError } from './startError.ts';

export type Role = 'user' | 'assistant' | 'tool';

/** Kept when a turn was interrupted, which no hook tells. */
export const interruptedNote = 'Interrupted.';

interface Message {
  readonly at: string;
  readonly role: Role;
  readonly text: string;
}

// What a person needs to see again when a conversation goes on.
const SHOWN_MESSAGES = 6;

/** One conversation: `<state dir>/<session id>.jsonl`, a line a message; in memory only when there is no folder. */
export class Conversation {
  /** The file, absolute; empty when the conversation is not kept. */
  readonly path: string;
  /** The last messages of a conversation that was resumed. */
  readonly recent: readonly Message[];
  #promptCount: number;

  private constructor(path: string, messages: readonly Message[]) {
    this.path = path;
    this.recent = messages.slice(-SHOWN_MESSAGES);
    this.#promptCount = messages.filter((message) => message.role === 'user').length;
  }

  /** Starts a conversation. Throws StartError when one with this id exists or the folder cannot be written. */
  static create(stateDir: string | null, sessionId: string): Conversation {
    if (stateDir === null) return new Conversation('', []);
    const path = conversationPath(stateDir, sessionId);
    try {
      mkdirSync(stateDir, { recursive: true, mode: 0o700 });
      closeSync(openSync(path, 'wx', 0o600));
    } catch (error) {
      const taken = errorCode(error) === 'EEXIST';
      const message = taken
        ? `session id ${sessionId} is already in use`
        : `conversations cannot be kept in ${stateDir}`;
      throw new StartError(message, 1, { cause: error });
    }
    return new Conversation(path, []);
  }

  /** Goes on with a conversation. Throws StartError when there is none with this id. */
  static resume(stateDir: string | null, sessionId: string): Conversation {
    if (stateDir === null) throw new StartError('--resume needs --state-dir', 2);
    const path = conversationPath(stateDir, sessionId);
    try {
      const content = readFileSync(path, 'utf8');
      // A killed process may leave half a line; the next message must not be glued to it.
      if (content !== '' && !content.endsWith('\n')) appendFileSync(path, '\n');
      return new Conversation(path, parseMessages(content));
    } catch (error) {
      const missing = errorCode(error) === 'ENOENT';
      const message = missing ? `no conversation ${sessionId}` : `conversation ${sessionId} cannot be read`;
      throw new StartError(message, 1, { cause: error });
    }
  }

  /** How many prompts the conversation has had, those of earlier runs included. */
  get promptCount(): number {
    return this.#promptCount;
  }

  /** Appends a message. Throws what the file system throws; the message then counts all the same. */
  add(role: Role, text: string): void {
    if (role === 'user') this.#promptCount += 1;
    if (this.path === '') return;
    const message: Message = { at: new Date().toISOString(), role, text };
    appendFileSync(this.path, `${JSON.stringify(message)}\n`);
  }
}

function conversationPath(stateDir: string, sessionId: string): string {
  return join(resolve(stateDir), `${sessionId}.jsonl`);
}

function parseMessages(content: string): Message[] {
  return content.split('\n').flatMap((line) => {
    const message = parseLine(line);
    return message === null ? [] : [message];
  });
}

function parseLine(line: string): Message | null {
  try {
    const value: unknown = JSON.parse(line);
    return isMessage(value) ? value : null;
  } catch {
    // Half a line of a killed process, or the empty one at the end: not a message.
    return null;
  }
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { at, role, text } = value as Partial<Record<string, unknown>>;
  return (
    typeof at === 'string' && typeof text === 'string' && (role === 'user' || role === 'assistant' || role === 'tool')
  );
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
