import * as v from 'valibot';
import type { HttpMockRequest } from './httpMock.ts';

/** The parts of a request to the Messages API that the mock looks at. */
export type ClaudeRequest = v.InferOutput<typeof requestSchema>;
type Message = ClaudeRequest['messages'][number];
type ContentBlock = Exclude<Message['content'], string>[number];

export type CheckedClaudeRequest =
  | { kind: 'messages'; request: ClaudeRequest }
  | { kind: 'countTokens' }
  | { refusal: { status: number; type: string; message: string } };

/** Refuses what the real API refuses: a wrong path, no credentials, missing fields, tool calls without their results. */
export function checkClaudeRequest(request: HttpMockRequest): CheckedClaudeRequest {
  const counts = request.path === '/v1/messages/count_tokens';
  if (request.method !== 'POST' || (!counts && request.path !== '/v1/messages')) {
    return refuse(404, 'not_found_error', 'Not found');
  }
  if (request.header('x-api-key') === '' && !/^Bearer \S+$/.test(request.header('authorization'))) {
    return refuse(401, 'authentication_error', 'x-api-key header is required');
  }
  if (request.header('anthropic-version') !== '2023-06-01') return invalid('anthropic-version: header is required');
  if (!request.header('content-type').startsWith('application/json'))
    return invalid('content-type: must be application/json');
  let json: unknown;
  try {
    json = JSON.parse(request.body);
  } catch {
    return invalid('The request body is not valid JSON');
  }
  const parsed = v.safeParse(counts ? v.omit(requestSchema, ['max_tokens']) : requestSchema, json);
  if (!parsed.success) return invalid(`${v.getDotPath(parsed.issues[0]) ?? 'body'}: ${parsed.issues[0].message}`);
  const wrong = wrongOrder(parsed.output.messages);
  if (wrong !== undefined) return invalid(wrong);
  return counts ? { kind: 'countTokens' } : { kind: 'messages', request: parsed.output as ClaudeRequest };
}

function invalid(message: string): CheckedClaudeRequest {
  return refuse(400, 'invalid_request_error', message);
}

function refuse(status: number, type: string, message: string): CheckedClaudeRequest {
  return { refusal: { status, type, message } };
}

const blockSchema = v.looseObject({
  type: v.string(),
  text: v.optional(v.string()),
  id: v.optional(v.string()),
  name: v.optional(v.string()),
  input: v.optional(v.unknown()),
  tool_use_id: v.optional(v.string()),
  content: v.optional(v.unknown()),
});

const requestSchema = v.looseObject({
  model: v.pipe(v.string(), v.nonEmpty()),
  max_tokens: v.pipe(v.number(), v.integer(), v.minValue(1)),
  messages: v.pipe(
    v.array(
      v.looseObject({
        role: v.picklist(['user', 'assistant', 'system']),
        content: v.union([v.pipe(v.string(), v.nonEmpty()), v.pipe(v.array(blockSchema), v.nonEmpty())]),
      }),
    ),
    v.nonEmpty(),
  ),
  stream: v.optional(v.boolean()),
  system: v.optional(v.unknown()),
  tools: v.optional(v.array(v.looseObject({ name: v.optional(v.string()) }))),
  safeguards: v.optional(v.array(v.looseObject({ type: v.string() }))),
  output_config: v.optional(
    v.looseObject({
      format: v.optional(
        v.looseObject({
          schema: v.optional(v.looseObject({ properties: v.optional(v.record(v.string(), v.unknown())) })),
        }),
      ),
    }),
  ),
});

function wrongOrder(messages: readonly Message[]): string | undefined {
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  const conversation = messages.filter((message) => message.role !== 'system');
  for (const [index, message] of conversation.entries()) {
    const blocks = blocksOf(message);
    if (blocks.some((block) => block.type === 'text' && (block.text ?? '') === '')) {
      return `messages.${index}: text content blocks must be non-empty`;
    }
    const previous = conversation[index - 1];
    const asked = previous === undefined || previous.role !== 'assistant' ? [] : calls(previous);
    const answered = message.role === 'user' ? results(blocks) : [];
    const stray = answered.find((id) => !asked.includes(id));
    if (stray !== undefined)
      return `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}`;
    const missing = asked.find((id) => !answered.includes(id));
    if (missing !== undefined)
      return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks: ${missing}`;
  }
  const last = conversation.at(-1);
  if (last !== undefined && last.role === 'assistant') return 'messages: the conversation must end with a user message';
  return undefined;
}

function blocksOf(message: Message): ContentBlock[] {
  return typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
}

function calls(message: Message): string[] {
  return blocksOf(message).flatMap((block) => (block.type === 'tool_use' ? [block.id ?? ''] : []));
}

function results(blocks: ContentBlock[]): string[] {
  return blocks.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id ?? ''] : []));
}
