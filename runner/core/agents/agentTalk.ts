import { UserError } from '../../protocol/errors.ts';
import type { TellPreview, TellResult } from '../../protocol/models.ts';
import type { AgentTellParams, IssueParams } from '../../protocol/requests.ts';
import type { AgentAccess } from './agentAccess.ts';
import { unreadableAgent } from './agentFailures.ts';
import type { Teller } from './teller.ts';

/** Beyond this a message is a file, and the spool that carries its receipt would not take it. */
const maxMessageBytes = 1024 * 1024;

/** What people say to agents. */
export class AgentTalk {
  private readonly deps: { access: AgentAccess; teller: Teller };

  constructor(deps: { access: AgentAccess; teller: Teller }) {
    this.deps = deps;
  }

  async tell(params: AgentTellParams): Promise<TellResult> {
    if (params.text.trim() === '') throw emptyMessage();
    if (Buffer.byteLength(params.text) > maxMessageBytes) throw messageTooLong();
    const { access, teller } = this.deps;
    return access.withState(params.id, async (state) => teller.tell(await access.requireLive(state), params.text));
  }

  /** What `tell` would do now. Waits for nothing that is being done to the agent. */
  async tellPreview(params: IssueParams): Promise<TellPreview> {
    const { access, teller } = this.deps;
    const stored = await access.find(params.id);
    if (stored.kind === 'unreadable') throw unreadableAgent(stored.issueId, stored.reason);
    return teller.preview(await access.requireLive(stored.state));
  }
}

function emptyMessage(): UserError {
  return new UserError({
    code: 'emptyMessage',
    message: 'The message is empty.',
    hint: 'Write what the agent should do.',
    kind: 'usage',
  });
}

function messageTooLong(): UserError {
  return new UserError({
    code: 'messageTooLong',
    message: 'The message is longer than 1 MB.',
    hint: 'Put it into a file in the workspace and tell the agent to read that.',
  });
}
