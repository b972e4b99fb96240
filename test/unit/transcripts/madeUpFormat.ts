import path from 'node:path';
import type { TranscriptFact, TranscriptFormat } from '../../../runner/core/runtimes/transcriptFormat.ts';
import type { Tokens } from '../../../runner/protocol/cost.ts';
import type { TranscriptEntry } from '../../../runner/protocol/models.ts';

/** What a line of the made-up format holds, all of it optional. */
export interface MadeUpLine {
  id?: string;
  at?: string;
  model?: string;
  output?: number;
  prompt?: string;
  say?: string;
  parked?: string;
  /** The format trips over it. */
  broken?: boolean;
}

export const someTime = '2026-11-22T12:00:00.000Z';

/** A small format with everything that a real one may have. Its memory counts the lines. */
export function madeUpFormat(root: string): TranscriptFormat {
  return {
    root: () => root,
    subagents: (transcript, sessionId) =>
      sessionId === null ? undefined : path.join(path.dirname(transcript), sessionId, 'subagents'),
    read(line, memory) {
      const { id, at = someTime, model = 'model-a', output, prompt, say, parked, broken } = line as MadeUpLine;
      if (broken === true) throw new Error('a new kind of line');
      const facts: TranscriptFact[] = [];
      if (id !== undefined) facts.push({ kind: 'usage', messageId: id, model, at, tokens: tokensOf(output ?? 1) });
      if (prompt !== undefined) facts.push({ kind: 'prompt', at, text: prompt }, entryOf('user', at, prompt));
      if (say !== undefined) facts.push(entryOf('agent', at, say));
      if (parked !== undefined) {
        facts.push({
          kind: 'sign',
          sign: { state: 'parked', detail: 'usage limit', cause: 'limit' },
          at,
          until: parked,
        });
      }
      return { facts, memory: { lines: Number(memory['lines'] ?? 0) + 1 } };
    },
  };
}

export function tokensOf(output: number): Tokens {
  return { input: 0, output, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0 };
}

export function lines(...all: readonly MadeUpLine[]): string {
  return all.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function entryOf(kind: TranscriptEntry['kind'], at: string, text: string): TranscriptFact {
  return { kind: 'entry', entry: { at, kind, title: '', text, failed: false, aside: false } };
}
