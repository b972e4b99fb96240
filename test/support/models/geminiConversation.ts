import type { ModelMessage, ModelTurn } from './modelMock.ts';

export interface Part {
  text?: string;
  thought?: boolean;
  functionCall?: { id?: string; name?: string; args?: unknown };
  functionResponse?: { id?: string; name?: string; response?: unknown };
}

export interface Content {
  role?: string;
  parts?: Part[];
}

/** The body of a request, as far as the mock looks at it; nothing in it is trusted to be there. */
export interface Wire {
  contents?: unknown;
  tools?: unknown[];
  generationConfig?: { responseMimeType?: string; responseJsonSchema?: unknown; responseSchema?: unknown };
}

/** What the API would refuse in the body, in its words; undefined when it is in order. */
export function findFault(body: Wire): string | undefined {
  if (!Array.isArray(body.contents) || body.contents.length === 0) {
    return '* GenerateContentRequest.contents: contents is not specified';
  }
  const contents = body.contents as Content[];
  for (const [index, content] of contents.entries()) {
    const fault = findContentFault(content, contents[index - 1], index);
    if (fault !== undefined) return fault;
  }
  const last = contents[contents.length - 1];
  return last?.role === 'model' ? 'Please ensure that the last turn is of the user.' : undefined;
}

function findContentFault(content: Content, before: Content | undefined, index: number): string | undefined {
  if (content.role !== 'user' && content.role !== 'model') return 'Please use a valid role: user, model.';
  if (!Array.isArray(content.parts) || content.parts.length === 0) {
    return `* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.`;
  }
  const calls = (before?.parts ?? []).flatMap((part) => (part.functionCall === undefined ? [] : [part.functionCall]));
  const results = findResults(content);
  if (calls.length !== results.length) {
    return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.';
  }
  const asked = calls.map((call) => call.name).sort();
  const answered = results.map((result) => result.name).sort();
  if (asked.join() !== answered.join()) return `Function responses (${answered}) do not answer the calls (${asked}).`;
  return undefined;
}

/**
 * Each call's result once. A conversation that Gemini CLI 0.61.0 resumes may have the last result twice with the same
 * id, word for word; whether the real API minds is not known.
 */
function findResults(content: Content): { id?: string; name?: string }[] {
  const results = (content.parts ?? []).flatMap((part) =>
    part.functionResponse === undefined ? [] : [part.functionResponse],
  );
  return results.filter((result, index) => {
    return result.id === undefined || results.findIndex((other) => other.id === result.id) === index;
  });
}

export function readTurn(model: string, contents: unknown): ModelTurn {
  const messages = (contents as Content[]).flatMap(toMessages).filter((message) => !isOfTheTool(message));
  const lastUser = messages.map((message) => message.role).lastIndexOf('user');
  const toolResults = messages.slice(lastUser + 1).filter((message) => message.role === 'toolResult');
  return {
    model,
    messages,
    lastUserText: messages[lastUser]?.text ?? '',
    toolResults: toolResults.map((result) => result.text),
  };
}

/** One message for the text of a content, and one for each call and result in it. */
function toMessages(content: Content): ModelMessage[] {
  const role = content.role === 'model' ? 'assistant' : 'user';
  const messages: ModelMessage[] = [];
  const texts = (content.parts ?? []).filter((part) => part.text !== undefined && part.thought !== true);
  for (const part of texts) messages.push({ role, text: part.text ?? '' });
  for (const { functionCall, functionResponse } of content.parts ?? []) {
    if (functionCall !== undefined) messages.push({ role: 'toolCall', text: JSON.stringify(functionCall) });
    if (functionResponse !== undefined)
      messages.push({ role: 'toolResult', text: readResult(functionResponse.response) });
  }
  return messages;
}

function readResult(response: unknown): string {
  const { output, error } = (response ?? {}) as { output?: unknown; error?: unknown };
  const value = output ?? error ?? response;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Gemini CLI 0.61.0 puts what it knows of the machine, and what hooks say, into the conversation as the user's. */
function isOfTheTool(message: ModelMessage): boolean {
  return message.role === 'user' && /^\s*<(session_context|hook_context)>/.test(message.text);
}
