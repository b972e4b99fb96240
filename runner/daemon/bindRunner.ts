import { type GenericSchema, safeParse } from 'valibot';
import { ErrorCodes, type MessageConnection, type RequestType, type RequestType0, ResponseError } from 'vscode-jsonrpc';
import type { Log } from '../core/ports.ts';
import type { Runner } from '../core/runner.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { oneLine } from '../core/text/sanitize.ts';
import { UserError, type UserErrorData, userErrorRpcCode } from '../protocol/errors.ts';
import * as requests from '../protocol/requests.ts';
import type { DaemonApi } from '../protocol/runnerApi.ts';
import { audit } from './audit.ts';
import { type Caller, requireOwnOrPerson, requirePerson } from './caller.ts';
import { CancelableCalls } from './cancelableCalls.ts';
import type { ConnectedWindow } from './connectedWindow.ts';
import { notify } from './notify.ts';
import * as params from './paramSchemas.ts';
import { requireValid } from './requireValid.ts';

/** Serves the runner on one connection: a row a method, with who may call it. */
export function bindRunner(connection: MessageConnection, runner: Runner, daemon: DaemonApi, session: Session): void {
  const calls = new CancelableCalls();
  const { everyone, own, people } = doors(connection, session, calls);
  connection.onNotification(requests.progressCancel.method, (given: unknown) => {
    const checked = safeParse(params.cancelParams, given);
    if (checked.success) calls.cancel(checked.output.token);
  });

  everyone(requests.daemonStatus, () => daemon.status());
  people(requests.daemonPin, params.pinParams, (given) => daemon.pin(given));
  people(requests.daemonShutdown, () => daemon.shutdown().then(() => null));
  everyone(requests.overviewGet, () => runner.overview());

  people(requests.projectAdd, params.projectAddParams, (given) => runner.projects.add(given));
  everyone(requests.projectList, () => runner.projects.list());
  people(requests.projectRemove, params.projectRemoveParams, (given) => runner.projects.remove(given));

  people(requests.issueCreate, params.issueCreateParams, (given) => runner.issues.create(given));
  everyone(requests.issueList, params.issueListParams, (given) => runner.issues.list(given));
  everyone(requests.issueCounts, params.issueFilter, (given) => runner.issues.counts(given));
  everyone(requests.issuePage, params.issuePageParams, (given) => runner.issues.page(given));
  everyone(requests.issueSearch, params.issueSearchParams, (given) => runner.issues.search(given));
  everyone(requests.issueShow, params.issueParams, (given) => runner.issues.show(given));
  people(requests.issueEdit, params.issueEditParams, (given) => runner.issues.edit(given));
  people(requests.issueClose, params.issueCloseParams, (given) => runner.issues.close(given));

  people(requests.workspaceCreate, params.issueParams, (given) => runner.workspaces.create(given));
  everyone(requests.workspaceList, params.workspaceListParams, (given) => runner.workspaces.list(given));
  people(requests.workspaceDestroy, params.workspaceDestroyParams, (given) => runner.workspaces.destroy(given));
  own(requests.workspaceChanges, params.workspaceChangesParams, (given) => runner.workspaces.changes(given));
  own(requests.workspaceFile, params.workspaceFileParams, (given) => runner.workspaces.file(given));
  everyone(requests.workspaceRescues, params.workspaceListParams, (given) => runner.workspaces.rescues(given));
  people(requests.workspaceRestore, params.workspaceRestoreParams, (given) => runner.workspaces.restore(given));

  people(requests.agentPlan, params.agentStartParams, (given) => runner.agents.plan(given));
  people(requests.agentStart, params.agentStartParams, (given, signal) =>
    runner.agents.start(given, (phase) => advance(connection, given, phase), signal),
  );
  everyone(requests.agentList, params.agentListParams, (given) => runner.agents.list(given));
  people(requests.agentTell, params.agentTellParams, (given) => runner.agents.tell(given));
  people(requests.agentTellPreview, params.issueParams, (given) => runner.agents.tellPreview(given));
  people(requests.agentMail, params.issueParams, (given) => runner.agents.mail(given));
  people(requests.agentDropMail, params.mailDropParams, (given) => runner.agents.dropMail(given));
  people(requests.agentKill, params.issueParams, (given) => runner.agents.kill(given));
  people(requests.agentResume, params.issueParams, (given) => runner.agents.resume(given));
  own(requests.agentDone, params.issueParams, async (given) =>
    (await session.caller().agentId()) === undefined ? runner.agents.done(given) : runner.agents.doneFromInside(given),
  );
  own(requests.agentWhy, params.issueParams, (given) => runner.agents.why(given));
  own(requests.agentLog, params.agentLogParams, (given) => runner.agents.log(given));
  own(requests.agentTranscript, params.agentTranscriptParams, (given) => runner.agents.transcript(given));
  own(requests.agentFindInTranscript, params.agentFindParams, (given) => runner.agents.findInTranscript(given));
  people(requests.agentAttachTarget, params.issueParams, (given) => runner.agents.attachTarget(given));

  people(requests.requestList, params.requestListParams, (given) => runner.requests.list(given));
  people(requests.requestAnswer, params.requestAnswerParams, (given) =>
    runner.requests.answer(given, oneLine(session.caller().client, 40)),
  );

  people(requests.costReport, params.costParams, (given) => runner.costs.report(given));

  own(requests.hookPush, params.hookPushParams, async (given) => {
    const isAgent = (await session.caller().agentId()) !== undefined;
    return runner.hooks.push(isAgent ? { ...given, source: 'agent' } : given);
  });
  own(requests.hookCheck, params.hookCheckParams, (given) => runner.hooks.check(given));

  people(requests.windowState, params.windowStateParams, async (given) => {
    session.window.is(given);
    return null;
  });
  people(requests.attentionMuting, async () => runner.attention.muting());
  people(requests.attentionMute, params.mutingParams, (given) => runner.attention.mute(given));
  people(requests.hookDrop, params.hookDropParams, (given) => runner.hooks.drop(given));

  people(requests.runtimeList, params.issueParams, (given) => runner.runtimes.list(given));
  everyone(requests.doctorRun, () => runner.doctor());
}

/** What is known of one connection. */
export interface Session {
  /** @throws UserError before `initialize`. */
  caller(): Caller;
  window: Pick<ConnectedWindow, 'is'>;
  log: Log;
}

/** Registers the handler of one method. */
interface Door {
  <R>(type: RequestType0<R, UserErrorData>, handle: () => Promise<R>): void;
  <P, R>(
    type: RequestType<P, R, UserErrorData>,
    schema: GenericSchema<unknown, P>,
    handle: (params: P, signal: AbortSignal) => Promise<R>,
  ): void;
}

interface Doors {
  everyone: Door;
  /** People for every agent, agents for themselves. */
  own: Door;
  people: Door;
}

function doors(connection: MessageConnection, session: Session, calls: CancelableCalls): Doors {
  const door = (check: (caller: Caller, given: unknown) => Promise<void>): Door => {
    return (type: { method: string }, ...rest: ParameterlessHandler | CheckedHandler) => {
      const [schema, handle] = rest.length === 1 ? [undefined, rest[0]] : rest;
      connection.onRequest(type.method, async (given: unknown) => {
        const call = calls.begin(given);
        try {
          const checked = schema === undefined ? undefined : requireValid(schema, given, type.method);
          const request = { method: type.method, params: checked, caller: session.caller };
          return await audit(request, session.log, async () => {
            await check(session.caller(), checked);
            return handle(checked as never, call.signal);
          });
        } catch (error) {
          return asResponseError(error, type.method, session.log);
        } finally {
          call.end();
        }
      });
    };
  };
  return {
    everyone: door(() => Promise.resolve()),
    own: door((caller, given) => requireOwnOrPerson(caller, (given as requests.IssueParams).id)),
    people: door((caller) => requirePerson(caller)),
  };
}

type ParameterlessHandler = [handle: () => Promise<unknown>];
type CheckedHandler = [schema: GenericSchema, handle: (given: never, signal: AbortSignal) => Promise<unknown>];

function asResponseError(error: unknown, method: string, log: Log): ResponseError<UserErrorData | undefined> {
  if (error instanceof ResponseError) return error;
  if (error instanceof UserError) return new ResponseError(userErrorRpcCode, error.message, error.toData());
  log.error(`${method} failed`, error);
  return new ResponseError(ErrorCodes.InternalError, messageOf(error));
}

function advance(connection: MessageConnection, params: requests.AgentStartParams, phase: string): void {
  if (params.progressToken === undefined) return;
  notify(connection, requests.progressDidAdvance, { token: params.progressToken, phase });
}
