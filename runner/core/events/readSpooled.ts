import path from 'node:path';
import { check, object, optional, pipe, safeParse, string } from 'valibot';
import { isAgentId } from '../../protocol/issueId.ts';
import { readRegular, UnfitFile } from '../files/readRegular.ts';
import { type AgentEvent, hookEntrySchema } from './agentEvent.ts';

/** What one file of the spool says. */
export type Spooled =
  /** `token` is what the sender is to be believed by, null when it gave none. */
  | { kind: 'event'; agentId: string; token: string | null; event: AgentEvent }
  | { kind: 'died'; agentId: string }
  /** The end of what is no agent, such as the runner's own session. */
  | { kind: 'nothing' }
  /** It is not what anybody leaves there; `reason` is one line. */
  | { kind: 'broken'; reason: string };

/** The id becomes part of paths: whoever writes into the spool must not choose them. */
const envelopeSchema = object({
  agentId: pipe(string(), check(isAgentId, 'not the id of an agent')),
  token: optional(string()),
});
const diedSuffix = '.died';
/** Largest event file that is read, in bytes; a hook's event may quote a whole file that was written. */
const maxBytes = 8 * 1024 * 1024;

/** Throws what the system says when it cannot be read now. What only the runner itself says is taken from nobody. */
export async function readSpooled(file: string): Promise<Spooled> {
  const name = path.basename(file);
  try {
    if (name.endsWith(diedSuffix)) {
      await readRegular(file, { maxBytes });
      const session = name.slice(0, -diedSuffix.length);
      return isAgentId(session) ? { kind: 'died', agentId: session } : { kind: 'nothing' };
    }
    return parse(JSON.parse(await readRegular(file, { maxBytes })));
  } catch (error) {
    if (error instanceof UnfitFile) return { kind: 'broken', reason: error.message };
    if (error instanceof SyntaxError) return { kind: 'broken', reason: 'it is not JSON' };
    throw error;
  }
}

function parse(value: unknown): Spooled {
  const envelope = safeParse(envelopeSchema, value);
  const event = safeParse(hookEntrySchema, value);
  if (!envelope.success || !event.success) return { kind: 'broken', reason: 'it has an unknown shape' };
  const { agentId, token = null } = envelope.output;
  return { kind: 'event', agentId, token, event: event.output };
}
