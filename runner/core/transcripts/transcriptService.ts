import { type InferOutput, number, object, optional, record, safeParse, string, unknown } from 'valibot';
import { UserError } from '../../protocol/errors.ts';
import type { AgentTranscript } from '../../protocol/models.ts';
import type { AgentTranscriptParams } from '../../protocol/requests.ts';
import type { AgentState } from '../agents/agentState.ts';
import type { StoredAgent } from '../agents/agentStore.ts';
import type { Environment } from '../ports.ts';
import type { TranscriptFormat } from '../runtimes/transcriptFormat.ts';
import { type OpenTranscript, openTranscript } from './openTranscript.ts';
import { type Page, readEntriesAfter, readLastEntries } from './readTranscript.ts';

export interface TranscriptServiceDeps {
  /** The environment that agents of a runtime get. */
  envOf(runtime: string): Promise<Environment>;
  /** Undefined where the runtime keeps no transcript. */
  formatOf(runtime: string): TranscriptFormat | undefined;
  open?: OpenTranscript;
}

/** Where a reader is. It crosses the socket and comes back as it was given. */
const cursorSchema = object({
  path: string(),
  identity: string(),
  offset: number(),
  /** Of what was read: some tools write an entry again when more is known of it. */
  memory: optional(record(string(), unknown()), {}),
});
type Cursor = InferOutput<typeof cursorSchema>;

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
    params: Pick<AgentTranscriptParams, 'after' | 'limit'>,
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
      const after = params.after === undefined ? undefined : placeOf(params.after, transcript, file);
      const page: Page =
        after === undefined
          ? await readLastEntries(file, format, params.limit)
          : await readEntriesAfter(file, format, after, params.limit);
      const cursor = encode({ path: transcript, identity: file.identity, offset: page.end, memory: page.memory });
      return { entries: page.entries, cursor, more: page.more };
    } finally {
      await file.close();
    }
  }
}

/** Where to go on: at the beginning when the conversation is in another file by now. @throws UserError `badCursor` */
function placeOf(cursor: string, path: string, file: { identity: string; size: number }): Pick<Page, 'end' | 'memory'> {
  const decoded = decode(cursor);
  const isSame = decoded.path === path && decoded.identity === file.identity && decoded.offset <= file.size;
  return isSame ? { end: decoded.offset, memory: decoded.memory } : { end: 0, memory: {} };
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decode(cursor: string): Cursor {
  try {
    const parsed = safeParse(cursorSchema, JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (parsed.success && Number.isSafeInteger(parsed.output.offset) && parsed.output.offset >= 0) return parsed.output;
  } catch {
    // Not JSON: answered below.
  }
  throw new UserError({
    code: 'badCursor',
    message: 'The cursor is none that an earlier answer gave.',
    hint: 'Ask without it.',
    kind: 'usage',
  });
}

function noTranscript(issueId: string, message: string, code = 'noTranscript'): UserError {
  return new UserError({ code, message, hint: `See its terminal: pan work logs ${issueId} --screen` });
}
