/** What a tool asked its model for, in terms that all tools have in common. */
export interface ModelTurn {
  /** The model's name as the tool asked for it. */
  model: string;
  /** The conversation that the tool sent, oldest first; what tools add for themselves (system prompts) is left out. */
  messages: ModelMessage[];
  /** The last text of a person in it. */
  lastUserText: string;
  /** Results of tools that came after that text. */
  toolResults: string[];
  /** What the tool itself told the model beside the conversation, where a mock keeps it. */
  instructions?: string;
}

export interface ModelMessage {
  role: 'user' | 'assistant' | 'toolCall' | 'toolResult';
  text: string;
}

/** What the model answers; each mock says it in its own API's words. */
export type ModelReply =
  | { kind: 'say'; text: string }
  /** Asks for a command of the shell to be run, after an optional sentence. */
  | { kind: 'shell'; command: string; text?: string }
  /** Asks for any tool by the name and input that this tool knows. */
  | { kind: 'tool'; name: string; input: unknown; text?: string }
  /** Accepts the request, and sends nothing until the tool gives up or the mock is closed. */
  | { kind: 'hang' }
  /** Answers when `until` resolves. */
  | { kind: 'later'; until: Promise<unknown>; reply: ModelReply }
  | { kind: 'rateLimited'; retryAfterSeconds: number }
  | { kind: 'unauthorized' }
  | { kind: 'noSuchModel' };

/** Decides the answer to each request of the conversation. */
export type Model = (turn: ModelTurn) => ModelReply;

/** A model's API on loopback. It refuses, as the real one does, what is not a valid request, and remembers that. */
export interface ModelMock {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly url: string;
  /** The requests of the conversation that were answered or are being answered, oldest first. */
  readonly turns: ModelTurn[];
  /** What was wrong with requests that were refused; empty in a run that is in order. */
  readonly refusals: string[];
  /** Requests that are open at this moment: the model is busy. */
  readonly open: number;
  close(): Promise<void>;
}
