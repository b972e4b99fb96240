import { startClaudeMock } from '../../support/models/claudeMock.ts';
import type { ModelReply, ModelTurn } from '../../support/models/modelMock.ts';
import type { RealTool } from './realAgents.ts';

export const claude: RealTool = {
  name: 'claude',
  startMock: (model) => startClaudeMock(model),
  env: (mock) => ({
    ANTHROPIC_BASE_URL: mock.url,
    ANTHROPIC_AUTH_TOKEN: 'token-of-the-test',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    IS_SANDBOX: '1',
    CLAUDE_CODE_MAX_RETRIES: '2',
  }),
};

/** Runs the command at the first request of each message, and then says that it is done. */
export function runs(command: string): (turn: ModelTurn) => ModelReply {
  return ({ toolResults }) => (toolResults.length > 0 ? { kind: 'say', text: 'Done.' } : { kind: 'shell', command });
}

export function openGate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Uses the tool at the first request of each message, and then says that it is done. */
export function uses(name: string, input: unknown): (turn: ModelTurn) => ModelReply {
  return ({ toolResults }) => (toolResults.length > 0 ? { kind: 'say', text: 'Done.' } : { kind: 'tool', name, input });
}
