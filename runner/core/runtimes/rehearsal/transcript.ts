import { object, picklist, safeParse, string } from 'valibot';
import type { TranscriptEntry } from '../../../protocol/models.ts';
import { createPaths, panopticonHome } from '../../paths.ts';
import type { TranscriptFact, TranscriptFormat, TranscriptMemory } from '../transcriptFormat.ts';
import { interruptedNote } from './program/conversation.ts';

/** A line of the rehearsal's conversation file, as program/conversation.ts writes it. */
const lineSchema = object({ at: string(), role: picklist(['user', 'assistant', 'tool']), text: string() });

/** As a rule of thumb a token is four characters: no model counts here, but the same words always count the same. */
const tokenLength = 4;

/** The conversations of the rehearsal, with made-up use, so that everything around transcripts can be tried offline. */
export const rehearsalTranscript: TranscriptFormat = {
  root: (env) => createPaths(panopticonHome(env, env['HOME'] ?? '')).rehearsalFolder,
  read(line, memory) {
    const parsed = safeParse(lineSchema, line);
    if (!parsed.success) return { facts: [], memory };
    const { at, role, text } = parsed.output;
    const before = remembered(memory);
    switch (role) {
      case 'user':
        return {
          // No receipt of its own: its hook reports every prompt.
          facts: [entry(at, 'user', text)],
          memory: { ...before, heard: before.heard + text.length },
        };
      case 'tool':
        return {
          facts: [entry(at, 'note', text), ...(text === interruptedNote ? [interrupted(at)] : [])],
          memory: { ...before, heard: before.heard + text.length },
        };
      case 'assistant':
        return {
          facts: [entry(at, 'agent', text), used(at, before, text)],
          memory: { said: before.said + 1, heard: 0 },
        };
    }
  },
};

function entry(at: string, kind: TranscriptEntry['kind'], text: string): TranscriptFact {
  return { kind: 'entry', entry: { at, kind, title: '', text, failed: false, aside: false } };
}

function interrupted(at: string): TranscriptFact {
  return { kind: 'sign', sign: { state: 'idle', detail: 'interrupted' }, at, until: null };
}

function used(at: string, { said, heard }: { said: number; heard: number }, text: string): TranscriptFact {
  const input = Math.ceil(heard / tokenLength);
  const output = Math.ceil(text.length / tokenLength);
  const tokens = { input, output, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0 };
  return { kind: 'usage', messageId: `${at} ${said}`, model: 'rehearsal', at, tokens };
}

/** Messages said so far, and characters heard since the last of them. */
function remembered(memory: TranscriptMemory): { said: number; heard: number } {
  const { said, heard } = memory;
  return { said: typeof said === 'number' ? said : 0, heard: typeof heard === 'number' ? heard : 0 };
}
