import { boolean, type InferOutput, literal, nullable, number, object, optional, picklist, string } from 'valibot';
import { permissionModes } from '../../protocol/enumerations.ts';
import { timeSchema } from '../events/agentEvent.ts';

/** What should be true of an agent, written before anything is done about it. Only `running` is ever revived. */
export const intents = ['running', 'killed', 'done'] as const;
export type Intent = (typeof intents)[number];

export const stateSchemaVersion = 1;

/** `agents/<id>/state.json`: who the agent is and what is intended with it. What it does is told by its events. */
export const agentStateSchema = object({
  schema: literal(stateSchemaVersion),
  id: string(),
  issueId: string(),
  title: string(),
  project: string(),
  node: string(),
  runtime: string(),
  model: nullable(string()),
  mode: picklist(permissionModes),
  intent: picklist(intents),
  intentAt: timeSchema,
  /** One line about how it ended: `1 commit on feature/min-1`. */
  outcome: nullable(string()),
  workspace: string(),
  branch: string(),
  /** Chosen at the start, or told by the tool's first event. */
  sessionId: nullable(string()),
  /** Where the tool writes the conversation down, as its events say. */
  transcript: optional(nullable(string()), null),
  fence: number(),
  launchId: string(),
  startedAt: timeSchema,
  /** The pane's leader, told apart from a later process with the same pid by its start time. */
  /** Null before it is started and once everything it started has been ended. */
  leader: nullable(object({ pid: number(), startTime: string() })),
  /** Whether this launch continues an earlier conversation. */
  resumed: boolean(),
  /** What its runtime could do when it was started: a configuration that breaks later must not change a verdict. */
  capabilities: object({ reportsEvents: boolean(), confirmsMessages: boolean(), resumes: boolean() }),
});

export type AgentState = InferOutput<typeof agentStateSchema>;
