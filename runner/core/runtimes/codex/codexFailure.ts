import * as v from 'valibot';
import type { Parking } from '../../../protocol/models.ts';
import { oneLine } from '../../text/sanitize.ts';
import { parkedSign } from '../parkedSign.ts';
import type { TranscriptFact } from '../transcriptFormat.ts';

const errorSchema = v.object({
  message: v.string(),
  /** A word, or an object whose one field is it: `{"http_connection_failed": {"http_status_code": 401}}`. */
  codex_error_info: v.optional(
    v.nullable(
      v.union([
        v.string(),
        v.record(v.string(), v.nullable(v.looseObject({ http_status_code: v.optional(v.nullable(v.number())) }))),
      ]),
    ),
  ),
});
type CodexError = v.InferOutput<typeof errorSchema>;

export interface CodexFailure {
  message: string;
  sign: Pick<TranscriptFact & { kind: 'sign' }, 'kind' | 'sign' | 'until'>;
}

/** What the error that ended a turn means for the agent; undefined for none. `resetsAt`: when a used up limit ends. */
export function codexFailure(error: unknown, resetsAt: string | null): CodexFailure | undefined {
  const parsed = v.safeParse(errorSchema, error);
  if (!parsed.success) return undefined;
  const message = oneLine(parsed.output.message, 300);
  const cause = causeOf(parsed.output);
  const sign = cause === 'other' ? ({ state: 'idle', detail: `turn failed: ${message}` } as const) : parkedSign(cause);
  return { message, sign: { kind: 'sign', sign, until: cause === 'limit' ? resetsAt : null } };
}

function causeOf({ codex_error_info: info }: CodexError): Parking['cause'] {
  if (info === undefined || info === null) return 'other';
  const [word, details] = typeof info === 'string' ? [info, null] : (Object.entries(info)[0] ?? ['', null]);
  const status = details?.http_status_code;
  if (word === 'usage_limit_exceeded' || status === 429) return 'limit';
  if (word === 'unauthorized' || status === 401 || status === 403) return 'login';
  return word === 'model_not_found' ? 'model' : 'other';
}
