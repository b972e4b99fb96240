import { agentIdOf, parseIssueId } from '../protocol/issueId.ts';
import type { Agent, AgentTranscript } from '../protocol/models.ts';
import type { Context } from './context.ts';
import { isUserError } from './failure.ts';
import type { ConnectedRunner } from './host.ts';
import { transcriptPage } from './render/transcriptPage.ts';

/** How often a runner that has ended is looked for. */
const reconnectMs = 500;

const scopes = ['agents', 'transcripts'] as const;
type Scope = (typeof scopes)[number];

/** What was printed already. */
interface Printed {
  cursor: string | undefined;
  /** When the tools began that have not ended. */
  running: string[];
}

/** Prints a conversation and what comes to it, until its agent has ended, which is resolved with. */
export async function followTranscript(
  context: Context,
  first: ConnectedRunner,
  params: { id: string; limit: number },
): Promise<Agent> {
  const printed: Printed = { cursor: undefined, running: [] };
  for (let runner = first; ; runner = await reconnect(context)) {
    const ended = await followWith(runner, context, params, printed);
    if (ended !== undefined) return ended;
    await context.host.stderr.write('The runner stopped; waiting for it.\n');
  }
}

/** Resolves with the agent when it has ended, with undefined when the connection has. */
async function followWith(
  runner: ConnectedRunner,
  context: Context,
  params: { id: string; limit: number },
  printed: Printed,
): Promise<Agent | undefined> {
  const issueId = parseIssueId(params.id);
  const news = new News(runner, issueId === undefined ? undefined : agentIdOf(issueId));
  for (let changed: ReadonlySet<Scope> = new Set(scopes); changed.size > 0; changed = await news.next()) {
    let ended: Agent | undefined;
    const isLost = await tolerating(['connectionLost'], async () => {
      if (changed.has('agents')) ended = (await runner.agents.list()).find((each) => isEndOf(each, issueId));
      // The end is known first, so that nothing that was said before it is left out.
      if (changed.has('transcripts') || ended !== undefined) await printNew(runner, context, params, printed);
    });
    if (isLost) return undefined;
    if (ended !== undefined) return ended;
  }
  return undefined;
}

/** Whoever says itself that it is done goes on until its turn has ended. */
function isEndOf(agent: Agent, issueId: string | undefined): boolean {
  return agent.issueId === issueId && (agent.status === 'done' || agent.status === 'stopped') && agent.pid === null;
}

async function printNew(
  runner: ConnectedRunner,
  context: Context,
  params: { id: string; limit: number },
  printed: Printed,
): Promise<void> {
  await tolerating(['noTranscriptYet'], async () => {
    for (let isAll = false; !isAll; ) {
      const page: AgentTranscript = await runner.agents.transcript({ ...params, after: printed.cursor });
      // A page may be empty where a long part of the file says nothing to people; its cursor is further on all the same.
      isAll = printed.cursor === undefined || printed.cursor === page.cursor;
      printed.cursor = page.cursor;
      if (page.entries.length === 0) continue;
      const text = transcriptPage(page.entries, await context.look(page.entries), printed.running);
      await context.host.stdout.write(`${text}\n`);
    }
  });
}

/** What changed of an agent since it was asked last. */
class News {
  private readonly changed = new Set<Scope>();
  private isClosed = false;
  private wake: () => void = () => undefined;

  constructor(runner: ConnectedRunner, agentId: string | undefined) {
    runner.onDidChange(({ scope, ids }) => {
      const isMeant = agentId === undefined || ids.length === 0 || ids.includes(agentId);
      const followed = scopes.find((each) => each === scope);
      if (followed === undefined || !isMeant) return;
      this.changed.add(followed);
      this.wake();
    });
    runner.onClose(() => {
      this.isClosed = true;
      this.wake();
    });
  }

  /** Waits for the next change; nothing when the connection has ended. */
  async next(): Promise<ReadonlySet<Scope>> {
    if (this.changed.size === 0 && !this.isClosed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const changed = new Set(this.isClosed ? [] : this.changed);
    this.changed.clear();
    return changed;
  }
}

async function reconnect(context: Context): Promise<ConnectedRunner> {
  for (;;) {
    let runner: ConnectedRunner | undefined;
    await tolerating(['connectionLost'], async () => {
      runner = await context.runningRunner();
    });
    if (runner !== undefined) return runner;
    await new Promise((resolve) => setTimeout(resolve, reconnectMs));
  }
}

/** True when the task failed with one of the codes; other failures are passed on. */
async function tolerating(codes: readonly string[], task: () => Promise<void>): Promise<boolean> {
  try {
    await task();
    return false;
  } catch (error) {
    if (isUserError(error) && codes.includes(error.code)) return true;
    throw error;
  }
}
