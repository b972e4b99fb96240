import type { AgentAsk, AgentRequest, AnswerKind, RequestAnswer } from '../../protocol/models.ts';
import type { OpenRequest } from '../agents/activity.ts';
import type { AgentSituation } from '../agents/agentReader.ts';
import type { AgentState } from '../agents/agentState.ts';
import type { HookEvent } from '../events/agentEvent.ts';
import { isCut } from '../events/trimEvent.ts';
import type { DialogReader, RuntimeBehaviour } from '../runtimes/runtimeBehaviour.ts';
import { isRequestId } from './answerFiles.ts';
import { describeRequest, type RequestContent, subjectsOf } from './describeRequest.ts';
import type { WaitingHooks } from './waitingHooks.ts';

export interface OpenRequestsDeps {
  behaviourOf(runtime: string): RuntimeBehaviour;
  hooks: Pick<WaitingHooks, 'waits' | 'waitedLately'>;
}

/** An open request with all that is needed to answer it. */
export interface AnswerableRequest {
  state: AgentState;
  open: OpenRequest;
  content: RequestContent;
  answeredBy: AgentRequest['answeredBy'];
  answers: AnswerKind[];
}

/** What each kind of request can be answered with at all, in the order in which it is offered. */
const answersOf: Readonly<Record<AgentRequest['kind'], readonly AnswerKind[]>> = {
  permission: ['allow', 'session', 'deny', 'text'],
  plan: ['allow', 'deny', 'text'],
  question: ['text', 'deny'],
};

/** What nobody could see whole is not allowed: a question's words would go with what is left of it. */
const refusalsOf: typeof answersOf = {
  permission: ['deny', 'text'],
  plan: ['deny', 'text'],
  question: ['deny'],
};

/** What the event alone says. */
interface Meaning {
  content: RequestContent;
  mayTake: readonly AnswerKind[];
  /** What its hook can say, as long as it waits. */
  byHook: AnswerKind[];
}

/** Reads which requests are open, and how each can be answered. Changes nothing. */
export class OpenRequests {
  private readonly deps: OpenRequestsDeps;
  /** Rows are asked for again at every change; an event stays what it is. */
  private readonly meanings = new WeakMap<HookEvent, Meaning>();

  constructor(deps: OpenRequestsDeps) {
    this.deps = deps;
  }

  /** Oldest first. Empty where other evidence says that the agent waits no more, whatever its reports left open. */
  of(situation: AgentSituation): Promise<AnswerableRequest[]> {
    return Promise.all(openOf(situation).map((open) => this.answerable(situation.state, open, 'waits')));
  }

  /** The oldest of them, as a row shows it: that its hook has ended may show some seconds late. */
  async ask(situation: AgentSituation): Promise<AgentAsk | null> {
    const [oldest] = openOf(situation);
    if (oldest === undefined) return null;
    const { content, answers } = await this.answerable(situation.state, oldest, 'waitedLately');
    const { kind, oneLine, brief, questions } = content;
    const [only, another] = questions;
    const options = another === undefined && only !== undefined ? only.options.map(({ label }) => label) : [];
    return { requestId: oldest.id, kind, oneLine, brief, answers, options, since: oldest.at };
  }

  private async answerable(
    state: AgentState,
    open: OpenRequest,
    look: 'waits' | 'waitedLately',
  ): Promise<AnswerableRequest> {
    const { dialogs } = this.deps.behaviourOf(state.runtime);
    const { content, mayTake, byHook } = this.meaningOf(state, open);
    if (byHook.length > 0 && (await this.isAwaited(state, open, look)))
      return { state, open, content, answeredBy: 'hook', answers: byHook };
    const isReadable = dialogs !== undefined && subjectsOf(open.event).length > 0;
    if (isReadable && (content.kind === 'permission' || isForKeys(content, dialogs)))
      return { state, open, content, answeredBy: 'keys', answers: answersByKeys(mayTake, open, dialogs) };
    return { state, open, content, answeredBy: 'attach', answers: [] };
  }

  private meaningOf({ runtime }: AgentState, { event }: OpenRequest): Meaning {
    const known = this.meanings.get(event);
    if (known !== undefined) return known;
    const { decide } = this.deps.behaviourOf(runtime);
    const content = describeRequest(event);
    const mayTake = (isCut(event) ? refusalsOf : answersOf)[content.kind];
    const byHook = mayTake.filter((kind) => decide?.(event, sampleOf(kind, content)) !== undefined);
    const meaning = { content, mayTake, byHook };
    this.meanings.set(event, meaning);
    return meaning;
  }

  private async isAwaited(
    { launchId }: AgentState,
    { id, hookPid }: OpenRequest,
    look: 'waits' | 'waitedLately',
  ): Promise<boolean> {
    return hookPid !== null && isRequestId(id) && this.deps.hooks[look](hookPid, launchId);
  }
}

function openOf({ history, pane, verdict }: AgentSituation): OpenRequest[] {
  if (pane.kind !== 'alive' || verdict.status !== 'waiting' || history.activity.kind !== 'waiting') return [];
  return history.activity.open;
}

/** Several questions, or several answers to one, take more keys than can be verified. */
function isForKeys({ kind, questions }: RequestContent, { readsQuestions = false }: DialogReader): boolean {
  return readsQuestions && kind === 'question' && questions.length === 1 && questions[0]?.multiple === false;
}

/** What its dialog would allow for the session is offered only where that is known. */
function answersByKeys(mayTake: readonly AnswerKind[], { event }: OpenRequest, dialogs: DialogReader): AnswerKind[] {
  const allows = dialogs.sessionAllows?.(event);
  return mayTake.filter((kind) => kind !== 'session' || allows !== undefined);
}

/** As clients see it. */
export function viewOf({ state, open, content, answeredBy, answers }: AnswerableRequest): AgentRequest {
  return {
    id: open.id,
    agentId: state.id,
    issueId: state.issueId,
    title: state.title,
    runtime: state.runtime,
    ...content,
    cwd: content.cwd === '' ? state.workspace : content.cwd,
    answers,
    since: open.at,
    answeredBy,
  };
}

/** For asking whether the tool's hook can say such an answer. */
function sampleOf(kind: AnswerKind, { kind: asked, questions }: RequestContent): RequestAnswer {
  if (kind !== 'text') return { kind, texts: [] };
  return asked === 'question' ? { kind, texts: questions.map(() => 'yes') } : { kind: 'deny', texts: ['because'] };
}
