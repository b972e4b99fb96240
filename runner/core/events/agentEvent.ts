import {
  boolean,
  check,
  type InferOutput,
  literal,
  looseObject,
  nullable,
  number,
  object,
  optional,
  pipe,
  string,
  variant,
} from 'valibot';

/** A time that can be reckoned with. */
export const timeSchema = pipe(
  string(),
  check((text) => !Number.isNaN(Date.parse(text)), 'not a time'),
);

/** What an AI tool's hook reports: the tool's own JSON. Only the fields named here are relied on. */
export const hookEventSchema = looseObject({
  hook_event_name: string(),
  session_id: optional(string()),
});

/** What the runner itself observes or does. */
export const runnerEventSchema = variant('type', [
  object({
    type: literal('launched'),
    fence: number(),
    sessionId: nullable(string()),
    resumed: optional(boolean()),
    /** It was given nothing to do. */
    silent: optional(boolean()),
  }),
  object({ type: literal('startFailed'), message: string() }),
  object({ type: literal('died'), exitCode: nullable(number()), signal: nullable(number()) }),
  object({ type: literal('gone') }),
  object({ type: literal('intent'), intent: string(), by: string() }),
  object({ type: literal('told'), outcome: string(), text: string() }),
  object({
    type: literal('answered'),
    requestId: string(),
    answer: string(),
    /** What was asked, in one line, and the words of the answer. */
    asked: string(),
    text: string(),
    by: string(),
    from: string(),
  }),
]);

/** Who asks: a hook that waits for an answer, as a process on this machine. */
const waitingHookSchema = object({ id: string(), pid: number() });

/** What a hook left. */
export const hookEntrySchema = object({
  source: literal('hook'),
  at: timeSchema,
  launchId: string(),
  event: hookEventSchema,
  request: optional(waitingHookSchema),
});

/**
 * One line of an agent's `events.jsonl`: a dated observation with its source and the launch it belongs to (a ULID made
 * at every start, so that what a superseded run reports late is not taken for the present one's).
 */
export const agentEventSchema = variant('source', [
  hookEntrySchema,
  object({ source: literal('runner'), at: timeSchema, launchId: string(), event: runnerEventSchema }),
]);

export type AgentEvent = InferOutput<typeof agentEventSchema>;
export type RunnerEvent = InferOutput<typeof runnerEventSchema>;
export type HookEvent = InferOutput<typeof hookEventSchema>;
