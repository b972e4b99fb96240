import type { ModelReply } from './modelMock.ts';

/** An item of `output`; its other fields depend on `type`. */
export type ResponseItem = { type: string } & Record<string, unknown>;

export interface CodexTools {
  /** The model writes JavaScript for one tool `exec`, which calls the others; models before gpt-6 call them directly. */
  codeMode: boolean;
  /** Tools that the model may call directly, and the namespace that each belongs to. */
  namespaces: ReadonlyMap<string, string | null>;
}

/** What a model of Codex streams for a reply that is text or asks for a tool. */
export function codexReplyItems(
  id: number,
  reply: Extract<ModelReply, { kind: 'say' | 'shell' | 'tool' }>,
  tools: CodexTools,
): ResponseItem[] {
  if (reply.kind === 'say') return [message(id, reply.text)];
  const call =
    reply.kind === 'shell'
      ? callOf(id, 'exec_command', { cmd: reply.command }, tools)
      : callOf(id, reply.name, reply.input, tools);
  return reply.text === undefined ? [call] : [message(id, reply.text), call];
}

function message(id: number, text: string): ResponseItem {
  return {
    type: 'message',
    id: `msg_mock_${id}`,
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}

function callOf(id: number, name: string, input: unknown, tools: CodexTools): ResponseItem {
  const call = { id: `fc_mock_${id}`, call_id: `call_mock_${id}`, status: 'completed' };
  const namespace = tools.namespaces.get(name);
  if (namespace === undefined && tools.codeMode) {
    const program = `text(await tools.${name}(${JSON.stringify(input)}));`;
    return { type: 'custom_tool_call', ...call, name: 'exec', input: program };
  }
  if (typeof input === 'string') return { type: 'custom_tool_call', ...call, name, input };
  const where = namespace === undefined || namespace === null ? {} : { namespace };
  return { type: 'function_call', ...call, ...where, name, arguments: JSON.stringify(input) };
}
