import { integer, minValue, number, object, optional, pipe, record, safeParse, string, unknown } from 'valibot';
import { UserError } from '../../protocol/errors.ts';
import type { AgentTranscript, TranscriptEntry } from '../../protocol/models.ts';
import type { AgentTranscriptParams } from '../../protocol/requests.ts';
import type { AgentState } from '../agents/agentState.ts';
import type { StoredAgent } from '../agents/agentStore.ts';
import type { Environment } from '../ports.ts';
import type { TranscriptFormat, TranscriptMemory } from '../runtimes/transcriptFormat.ts';
import { type OpenTranscript, openTranscript, type TranscriptFile } from './openTranscript.ts';
import { type Boundary, readEntriesBefore } from './readBackwards.ts';
import { readEntriesAfter } from './readForwards.ts';

export interface TranscriptServiceDeps {
  /** The environment that agents of a runtime get. */
  envOf(runtime: string): Promise<Environment>;
  /** Undefined where the runtime keeps no transcript. */
  formatOf(runtime: string): TranscriptFormat | undefined;
  open?: OpenTranscript;
}

/** Where a reader is, in either direction. It crosses the socket and comes back as it was given. */
const count = pipe(number(), integer(), minValue(0));
const cursorSchema = object({
  path: string(),
  identity: string(),
  offset: count,
  /** Of what was read: some tools write an entry again when more is known of it. */
  memory: optional(record(string(), unknown()), {}),
  /** Of the line before the offset only these many entries are older; unless said, all of it. */
  entries: optional(count),
});

interface Cursor {
  path: string;
  identity: string;
  offset: number;
  memory?: TranscriptMemory | undefined;
  entries?: number | undefined;
}

/** Reads conversations for people. */
export class TranscriptService {
  private readonly deps: TranscriptServiceDeps;

  constructor(deps: TranscriptServiceDeps) {
    this.deps = deps;
  }

  async ofAgent(agent: StoredAgent, params: AgentTranscriptParams): Promise<AgentTranscript> {
    if (agent.kind === 'unreadable') throw noTranscript(agent.issueId, `${agent.issueId}: ${agent.reason}.`);
    return this.read(agent.state, params);
  }

  /** @throws UserError `noTranscript` where the tool keeps none, `noTranscriptYet` where it has not begun one. */
  async read(
    state: Pick<AgentState, 'issueId' | 'runtime' | 'transcript'>,
    params: Pick<AgentTranscriptParams, 'after' | 'before' | 'limit'>,
  ): Promise<AgentTranscript> {
    const format = this.deps.formatOf(state.runtime);
    const { transcript } = state;
    if (format === undefined) throw noTranscript(state.issueId, `${state.runtime} keeps no transcript.`);
    if (transcript === null)
      throw noTranscript(state.issueId, `${state.issueId} has no transcript yet.`, 'noTranscriptYet');
    const root = format.root(await this.deps.envOf(state.runtime));
    const opened = await (this.deps.open ?? openTranscript)(transcript, root);
    if (opened.kind === 'missing')
      throw noTranscript(state.issueId, `The transcript ${transcript} is not there.`, 'noTranscriptYet');
    if (opened.kind === 'refused')
      throw noTranscript(state.issueId, `The transcript ${transcript} is not read: ${opened.reason}.`);
    const { file } = opened;
    try {
      const page = await readPage(file, format, placeOf(params, transcript, file), params.limit);
      const { entries, end, memory, start } = page;
      const own = { path: transcript, identity: file.identity };
      return {
        entries,
        cursor: encode({ ...own, offset: end, memory }),
        start: start === null ? null : encode({ ...own, offset: start.end, entries: start.entries }),
        more: start !== null,
      };
    } finally {
      await file.close();
    }
  }
}

type Place = { kind: 'after'; end: number; memory: TranscriptMemory } | { kind: 'before'; boundary: Boundary };

interface Page {
  entries: TranscriptEntry[];
  end: number;
  memory: TranscriptMemory;
  start: Boundary | null;
}

/**
 * Which part is meant. Where the conversation is in another file by now, it is read from its beginning, and nothing
 * came before what was read of the other. @throws UserError `badCursor`
 */
function placeOf(
  { after, before }: Pick<AgentTranscriptParams, 'after' | 'before'>,
  path: string,
  file: TranscriptFile,
): Place {
  if (after !== undefined && before !== undefined)
    throw badCursor('Both a cursor and a start were given.', 'Give one.');
  const given = after ?? before;
  if (given === undefined) return { kind: 'before', boundary: { end: file.size } };
  const { identity, memory = {}, offset, entries, path: from } = decode(given);
  const isSame = from === path && identity === file.identity && offset <= file.size;
  const end = isSame ? offset : 0;
  if (after === undefined) return { kind: 'before', boundary: { end, entries } };
  return { kind: 'after', end, memory: isSame ? memory : {} };
}

async function readPage(file: TranscriptFile, format: TranscriptFormat, place: Place, limit: number): Promise<Page> {
  if (place.kind === 'before') return readEntriesBefore(file, format, place.boundary, limit);
  const page = await readEntriesAfter(file, format, place, limit);
  return { ...page, start: place.end === 0 ? null : { end: place.end } };
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decode(cursor: string): Cursor {
  try {
    const parsed = safeParse(cursorSchema, JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (parsed.success) return parsed.output;
  } catch {
    // Not JSON: answered below.
  }
  throw badCursor('The cursor is none that an earlier answer gave.', 'Ask without it.');
}

function badCursor(message: string, hint: string): UserError {
  return new UserError({ code: 'badCursor', message, hint, kind: 'usage' });
}

function noTranscript(issueId: string, message: string, code = 'noTranscript'): UserError {
  return new UserError({ code, message, hint: `See its terminal: pan work logs ${issueId} --screen` });
}
