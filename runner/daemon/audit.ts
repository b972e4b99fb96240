import type { Log } from '../core/ports.ts';
import { oneLine } from '../core/text/sanitize.ts';
import { UserError } from '../protocol/errors.ts';
import { parseIssueId } from '../protocol/issueId.ts';
import * as requests from '../protocol/requests.ts';
import type { Caller } from './caller.ts';

/** Acts that begin, end, or take away something: who asked for them, and what became of it, is in the log. */
const audited = new Set(
  [
    requests.workspaceCreate,
    requests.workspaceDestroy,
    requests.workspaceRestore,
    requests.agentStart,
    requests.agentResume,
    requests.agentTell,
    requests.agentDropMail,
    requests.hookDrop,
    requests.agentKill,
    requests.agentDone,
    requests.requestAnswer,
    requests.projectRemove,
    requests.daemonPin,
    requests.daemonShutdown,
  ].map(({ method }) => method),
);

/**
 * Carries out a request and writes down what a reader of the log needs: what it was about, who asked, how it ended.
 * Of a message only its outcome: its text may hold secrets.
 */
export async function audit<T>(
  request: { method: string; params: unknown; caller: () => Caller },
  log: Log,
  act: () => Promise<T>,
): Promise<T> {
  const { method, params, caller } = request;
  if (!audited.has(method)) return act();
  const what = [method, ...subjectOf(params)].join(' ');
  try {
    log.info(`${what}, asked by ${oneLine((await caller().agentId()) ?? 'a person', 80)}`);
    const result = await act();
    log.info(`${what}: ${outcomeOf(result)}`);
    return result;
  } catch (error) {
    if (error instanceof UserError) log.info(`${what} refused: ${oneLine(error.message, 300)}`);
    throw error;
  }
}

function subjectOf(params: unknown): string[] {
  if (typeof params !== 'object' || params === null) return [];
  const words: string[] = [];
  if ('id' in params && typeof params.id === 'string') words.push(parseIssueId(params.id) ?? oneLine(params.id, 80));
  if ('name' in params && typeof params.name === 'string') words.push(oneLine(params.name, 80));
  if ('force' in params && params.force === true) words.push('with force');
  if ('pinned' in params) words.push(params.pinned === true ? 'on' : 'off');
  return words;
}

function outcomeOf(result: unknown): string {
  const tells = typeof result === 'object' && result !== null && 'outcome' in result;
  return tells && typeof result.outcome === 'string' ? result.outcome : 'done';
}
