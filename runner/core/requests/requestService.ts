import type { UserError } from '../../protocol/errors.ts';
import { compareIssueIds } from '../../protocol/issueId.ts';
import type { AgentRequest, AnswerResult, RequestAnswer } from '../../protocol/models.ts';
import type { RequestAnswerParams, RequestListParams } from '../../protocol/requests.ts';
import type { AgentAccess } from '../agents/agentAccess.ts';
import { noRunningAgent, unreadableAgent } from '../agents/agentFailures.ts';
import type { AgentReader } from '../agents/agentReader.ts';
import type { AgentState } from '../agents/agentState.ts';
import type { AgentStore } from '../agents/agentStore.ts';
import type { AgentTalk } from '../agents/agentTalk.ts';
import type { AgentHistory, EventLog } from '../agents/eventLog.ts';
import { runnerEvent } from '../agents/runnerEvents.ts';
import type { Changes } from '../changes.ts';
import { KeyedMutex } from '../files/keyedMutex.ts';
import type { Clock } from '../ports.ts';
import type { RuntimeBehaviour } from '../runtimes/runtimeBehaviour.ts';
import { messageOf } from '../text/messageOf.ts';
import type { Typist } from '../tmux/typist.ts';
import { answerByKeys } from './answerByKeys.ts';
import type { AnswerFiles } from './answerFiles.ts';
import { checkAnswer } from './checkAnswer.ts';
import { goneReason } from './goneReason.ts';
import { meantRequests } from './knownRequests.ts';
import { type AnswerableRequest, type OpenRequests, viewOf } from './openRequests.ts';
import {
  answerNotTaken,
  answerUnproved,
  asksNothing,
  cannotAnswer,
  onlyInTerminal,
  requestAmbiguous,
  requestChanged,
  requestGone,
  requestUnknown,
  requestUnseen,
} from './requestFailures.ts';
import { watchForSign } from './watchForSign.ts';

export interface RequestServiceDeps {
  clock: Clock;
  changes: Changes;
  /** Holds off what else is done in an agent's terminal. */
  mutex: KeyedMutex;
  store: AgentStore;
  access: AgentAccess;
  talk: Pick<AgentTalk, 'tell'>;
  reader: AgentReader;
  events: EventLog;
  open: OpenRequests;
  files: AnswerFiles;
  typist: Typist;
  behaviourOf(runtime: string): RuntimeBehaviour;
  /** Takes what the hooks left meanwhile, so that a request that has gone is not answered. */
  drainSpool(): Promise<void>;
}

/** How long an answer may take to reach the tool and to show: real tools took 20 to 300 ms. */
const proofMs = 3_000;
/** Some show nothing until the command that was allowed has ended: then the answer itself has to do. */
const noteMs = 250;
/** How long the answer then waits to say that the agent went on; some show nothing before a command has ended. */
const goOnMs = 750;

/** What agents ask people, and people's answers. An answer counts only for the request that it was meant for. */
export class RequestService {
  private readonly deps: RequestServiceDeps;
  private readonly answering = new KeyedMutex();

  constructor(deps: RequestServiceDeps) {
    this.deps = deps;
  }

  /** Oldest first. */
  async list({ id }: RequestListParams): Promise<AgentRequest[]> {
    const { access, store } = this.deps;
    const agents = id === undefined ? await store.list() : [await access.find(id)];
    const found = await Promise.all(agents.map((agent) => (agent.kind === 'ok' ? this.openOf(agent.state) : [])));
    return found
      .flat()
      .map(viewOf)
      .sort((a, b) => (a.since === b.since ? compareIssueIds(a.issueId, b.issueId) : a.since < b.since ? -1 : 1));
  }

  /** `from` is the client that a person used: `pan`, `vscode`. */
  async answer(params: RequestAnswerParams, from: string): Promise<AnswerResult> {
    const { id, issueId } = await this.deps.access.find(params.id);
    return this.answering.run(id, async () => {
      await this.deps.drainSpool();
      const stored = await this.deps.access.find(issueId);
      if (stored.kind === 'unreadable') throw unreadableAgent(issueId, stored.reason);
      await this.requireLive(stored.state, params.requestId);
      const request = await this.pick(stored.state, params.requestId);
      const { answers, content } = request;
      if (!answers.includes(params.answer))
        throw cannotAnswer(issueId, stored.state.runtime, params.answer, { kind: content.kind, answers });
      const answer = checkAnswer(content, { ...params, texts: params.texts ?? [] }, issueId);
      const tookMs = await this.give(request, answer, from);
      const told = request.answeredBy === 'keys' ? await this.tellReason(request, answer) : '';
      const detail = `${detailOf(request, answer, this.sessionAllows(request))}${told}`;
      return { requestId: request.open.id, issueId, detail, tookMs };
    });
  }

  /** A dialog has no place for words: the reason of a no is told as a message. */
  private async tellReason({ content, state }: AnswerableRequest, { kind, texts }: RequestAnswer): Promise<string> {
    if (kind !== 'deny' || texts.length === 0) return '';
    try {
      const text = `You refused ${content.oneLine}: ${texts.join('\n')}`;
      const { detail, outcome } = await this.deps.talk.tell({ id: state.issueId, text });
      return outcome === 'failed' ? `; the reason was not told: ${detail}` : '; the reason follows as a message';
    } catch (error) {
      // The answer itself was given.
      return `; the reason was not told: ${messageOf(error)}`;
    }
  }

  /** What a dialog allows for the session beyond the line that it asks about. */
  private sessionAllows({ answeredBy, open, state }: AnswerableRequest): string | undefined {
    if (answeredBy !== 'keys') return undefined;
    return this.deps.behaviourOf(state.runtime).dialogs?.sessionAllows?.(open.event);
  }

  private async requireLive(state: AgentState, requestId: string | undefined): Promise<void> {
    const pane = await this.deps.reader.surePane(state.id);
    if (state.intent === 'running' && pane.kind === 'alive') return;
    const history = await this.deps.events.history(state.id);
    if (requestId === undefined) throw noRunningAgent(state, history);
    const reason = goneReason(history, requireKnown(state.issueId, history, requestId));
    throw requestGone(state.issueId, reason ?? 'the agent ended');
  }

  /** The request that is meant. */
  private async pick(state: AgentState, requestId: string | undefined): Promise<AnswerableRequest> {
    const { issueId } = state;
    const open = await this.openOf(state);
    const ids = open.map((each) => each.open.id);
    if (requestId === undefined && ids.length > 1) throw requestAmbiguous(issueId, ids);
    const id =
      requestId === undefined ? ids[0] : requireKnown(issueId, await this.deps.events.history(state.id), requestId);
    if (id === undefined) throw asksNothing(issueId);
    const request = open.find((each) => each.open.id === id);
    if (request === undefined) throw await this.notOpen(state, id, ids.length > 0);
    return request;
  }

  private async openOf(state: AgentState): Promise<AnswerableRequest[]> {
    return this.deps.open.of(await this.deps.reader.situation(state));
  }

  private async notOpen({ id, issueId }: AgentState, requestId: string, asksElse: boolean): Promise<UserError> {
    if (asksElse) return requestChanged(issueId);
    return requestGone(issueId, goneReason(await this.deps.events.history(id), requestId));
  }

  /** Milliseconds until the agent went on; null when that was not seen in time. */
  private async give(request: AnswerableRequest, answer: RequestAnswer, from: string): Promise<number | null> {
    const { clock, changes, reader } = this.deps;
    const { state, open } = request;
    const sign = await watchForSign(state, open.id, { clock, changes, reader }, proofMs);
    // What the agent shows of it may be dated before it is known that the answer was taken.
    const givenAt = clock.now().toISOString();
    try {
      if (request.answeredBy === 'hook') await this.byHook(request, answer);
      else await this.byKeys(request, answer);
      const soonMs = await Promise.race([sign.seen, this.pause(noteMs)]);
      await this.note(request, answer, from, givenAt);
      return soonMs ?? (await Promise.race([sign.seen, this.pause(goOnMs)]));
    } finally {
      sign.cancel();
    }
  }

  private pause(ms: number): Promise<null> {
    return new Promise((resolve) => void this.deps.clock.after(ms, () => resolve(null)));
  }

  private async byHook({ state, open }: AnswerableRequest, answer: RequestAnswer): Promise<void> {
    const { behaviourOf, files } = this.deps;
    const output = behaviourOf(state.runtime).decide?.(open.event, answer);
    if (output === undefined) throw onlyInTerminal(state.issueId, state.runtime);
    if (!(await files.give(state.id, open.id, output, proofMs))) throw answerNotTaken(state.issueId, proofMs / 1000);
  }

  private async byKeys({ state, open }: AnswerableRequest, answer: RequestAnswer): Promise<void> {
    const { behaviourOf, clock, drainSpool, mutex, typist } = this.deps;
    const { dialogs } = behaviourOf(state.runtime);
    if (dialogs === undefined) throw onlyInTerminal(state.issueId, state.runtime);
    const terminal = {
      capture: () => typist.screen(state.id),
      press: (steps: Parameters<Typist['type']>[1]) => typist.type(state.id, steps),
      isOpen: async () => {
        await drainSpool();
        return (await this.openIds(state)).includes(open.id);
      },
    };
    const bound = { clock, timeoutMs: proofMs };
    const outcome = await mutex.run(state.id, () => answerByKeys(dialogs, open.event, answer, terminal, bound));
    if (outcome === 'closed') return;
    if (outcome === 'still open') throw answerUnproved(state.issueId);
    if (outcome === 'gone') throw await this.notOpen(state, open.id, (await this.openIds(state)).length > 0);
    throw outcome === 'unseen' ? requestUnseen(state.issueId) : onlyInTerminal(state.issueId, state.runtime);
  }

  /** By the agent's own reports. */
  private async openIds({ id }: AgentState): Promise<string[]> {
    const { activity } = await this.deps.events.history(id);
    return activity.kind === 'waiting' ? activity.open.map((each) => each.id) : [];
  }

  private async note(
    { state, open, content }: AnswerableRequest,
    answer: RequestAnswer,
    from: string,
    at: string,
  ): Promise<void> {
    const { changes, events } = this.deps;
    const answered = {
      type: 'answered',
      requestId: open.id,
      answer: answer.kind,
      asked: content.oneLine,
      text: answer.texts.join(', '),
      by: 'you',
      from,
    } as const;
    await events.append(state.id, runnerEvent(state, at, answered));
    changes.fire({ scope: 'agents', ids: [state.id] });
  }
}

function requireKnown(issueId: string, history: AgentHistory, typed: string): string {
  const [id, another] = meantRequests(history, typed);
  if (id === undefined) throw requestUnknown(issueId, typed);
  if (another !== undefined) throw requestAmbiguous(issueId, [id, another]);
  return id;
}

function detailOf(
  { answeredBy, content }: AnswerableRequest,
  { kind, texts }: RequestAnswer,
  sessionAllows: string | undefined,
): string {
  const asked = content.oneLine;
  switch (kind) {
    case 'allow':
      return `${content.kind === 'plan' ? 'Approved' : 'Allowed'}: ${asked}`;
    case 'session':
      return `Allowed for this session${sessionAllows === undefined ? '' : ` (${sessionAllows})`}: ${asked}`;
    case 'deny':
      return `Denied${texts.length === 0 || answeredBy === 'keys' ? '' : ` with "${texts.join(', ')}"`}: ${asked}`;
    case 'text':
      return `Answered "${texts.join(', ')}": ${asked}`;
  }
}
