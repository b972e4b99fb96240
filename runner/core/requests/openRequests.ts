import type { AgentRequest, AnswerKind, RequestAnswer } from '../../protocol/models.ts';
import type { OpenRequest } from '../agents/activity.ts';
import type { AgentReader } from '../agents/agentReader.ts';
import type { AgentState } from '../agents/agentState.ts';
import { isCut } from '../events/trimEvent.ts';
import type { DialogReader, RuntimeBehaviour } from '../runtimes/runtimeBehaviour.ts';
import { isRequestId } from './answerFiles.ts';
import { describeRequest, type RequestContent, subjectsOf } from './describeRequest.ts';

export interface OpenRequestsDeps {
  reader: Pick<AgentReader, 'situation'>;
  behaviourOf(runtime: string): RuntimeBehaviour;
  /** Whether the hook of that process, of that launch, still waits. */
  hookWaits(pid: number, launchId: string): Promise<boolean>;
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

/** Reads which requests are open, and how each can be answered. Changes nothing. */
export class OpenRequests {
  private readonly deps: OpenRequestsDeps;

  constructor(deps: OpenRequestsDeps) {
    this.deps = deps;
  }

  /** Oldest first. Empty where other evidence says that the agent waits no more, whatever its reports left open. */
  async of(state: AgentState): Promise<AnswerableRequest[]> {
    const { history, pane, verdict } = await this.deps.reader.situation(state);
    if (pane.kind !== 'alive' || verdict.status !== 'waiting' || history.activity.kind !== 'waiting') return [];
    return Promise.all(history.activity.open.map((open) => this.answerable(state, open)));
  }

  private async answerable(state: AgentState, open: OpenRequest): Promise<AnswerableRequest> {
    const { decide, dialogs } = this.deps.behaviourOf(state.runtime);
    const content = describeRequest(open.event);
    const mayTake = (isCut(open.event) ? refusalsOf : answersOf)[content.kind];
    if (decide !== undefined && (await this.isAwaited(state, open))) {
      const answers = mayTake.filter((kind) => decide(open.event, sampleOf(kind, content)) !== undefined);
      if (answers.length > 0) return { state, open, content, answeredBy: 'hook', answers };
    }
    const isReadable = dialogs !== undefined && subjectsOf(open.event).length > 0;
    if (isReadable && (content.kind === 'permission' || isForKeys(content, dialogs)))
      return { state, open, content, answeredBy: 'keys', answers: answersByKeys(mayTake, open, dialogs) };
    return { state, open, content, answeredBy: 'attach', answers: [] };
  }

  private async isAwaited({ launchId }: AgentState, { id, hookPid }: OpenRequest): Promise<boolean> {
    return hookPid !== null && isRequestId(id) && this.deps.hookWaits(hookPid, launchId);
  }
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
