import { integer, minValue, number, object, optional, pipe, record, safeParse, string, unknown } from 'valibot';
import { UserError } from '../../protocol/errors.ts';
import type { AgentTranscript, TranscriptEntry, TranscriptMatches } from '../../protocol/models.ts';
import type { AgentFindParams, AgentTranscriptParams } from '../../protocol/requests.ts';
import type { AgentState } from '../agents/agentState.ts';
import type { StoredAgent } from '../agents/agentStore.ts';
import type { Environment } from '../ports.ts';
import type { TranscriptFormat, TranscriptMemory } from '../runtimes/transcriptFormat.ts';
import { findBefore } from './findBefore.ts';
import { lineStart } from './lineStart.ts';
import { memoryAt } from './memoryAt.ts';
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
    return this.read(readable(agent), params);
  }

  async findInAgent(agent: StoredAgent, params: AgentFindParams): Promise<TranscriptMatches> {
    return this.find(readable(agent), params);
  }

  /** @throws UserError `noTranscript` where the tool keeps none, `noTranscriptYet` where it has not begun one. */
  async read(
    state: ReadState,
    params: Pick<AgentTranscriptParams, 'after' | 'at' | 'before' | 'limit'>,
  ): Promise<AgentTranscript> {
    return this.reading(state, async (file, format, path) => {
      const page = await readPage(file, format, await placeOf(params, path, file, format), params.limit);
      const { entries, end, memory, start } = page;
      const own = { path, identity: file.identity };
      return {
        entries,
        cursor: encode({ ...own, offset: end, memory }),
        start: start === null ? null : encode({ ...own, offset: start.end, entries: start.entries }),
        more: start !== null,
      };
    });
  }

  /** Looks at a part of the conversation. @throws UserError as `read` does. */
  async find(
    state: ReadState,
    { text, before, after }: Pick<AgentFindParams, 'after' | 'before' | 'text'>,
  ): Promise<TranscriptMatches> {
    return this.reading(state, async (file, format, path) => {
      const since = after === undefined ? undefined : boundaryOf(after, path, file);
      const older = before === undefined ? undefined : boundaryOf(before, path, file);
      const part = { before: older ?? { end: file.size }, floor: since?.end ?? 0 };
      const { found, end, start } = await findBefore(file, format, text, part);
      const own = { path, identity: file.identity };
      return {
        found,
        cursor: encode({ ...own, offset: end }),
        start: start === null ? null : encode({ ...own, offset: start.end, entries: start.entries }),
        isAnew: [since, older].some((boundary) => boundary?.isSame === false),
      };
    });
  }

  private async reading<T>(
    state: ReadState,
    read: (file: TranscriptFile, format: TranscriptFormat, path: string) => Promise<T>,
  ): Promise<T> {
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
      return await read(file, format, transcript);
    } finally {
      await file.close();
    }
  }
}

type ReadState = Pick<AgentState, 'issueId' | 'runtime' | 'transcript'>;

function readable(agent: StoredAgent): AgentState {
  if (agent.kind === 'unreadable') throw noTranscript(agent.issueId, `${agent.issueId}: ${agent.reason}.`);
  return agent.state;
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
async function placeOf(
  { after, at, before }: Pick<AgentTranscriptParams, 'after' | 'at' | 'before'>,
  path: string,
  file: TranscriptFile,
  format: TranscriptFormat,
): Promise<Place> {
  if ([after, at, before].filter((given) => given !== undefined).length > 1)
    throw badCursor('More than one of a cursor, a start and a place were given.', 'Give one.');
  if (at !== undefined && at < file.size) {
    const end = await lineStart(file, at, 0);
    return { kind: 'after', end, memory: (await memoryAt(file, end, format)) ?? {} };
  }
  if (after !== undefined) {
    const { isSame, end, memory = {} } = boundaryOf(after, path, file);
    return { kind: 'after', end, memory: isSame ? memory : {} };
  }
  return { kind: 'before', boundary: before === undefined ? { end: file.size } : boundaryOf(before, path, file) };
}

/** Where a cursor stands in the file; at its beginning where it is another one's. @throws UserError `badCursor` */
function boundaryOf(
  cursor: string,
  path: string,
  file: TranscriptFile,
): Boundary & { isSame: boolean; memory?: TranscriptMemory | undefined } {
  const { identity, memory, offset, entries, path: from } = decode(cursor);
  const isSame = from === path && identity === file.identity && offset <= file.size;
  return { isSame, end: isSame ? offset : 0, entries, memory };
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
