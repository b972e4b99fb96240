import type { AgentReader, AgentSituation } from '../agents/agentReader.ts';
import type { AgentState } from '../agents/agentState.ts';
import type { AgentHistory } from '../agents/eventLog.ts';
import type { Changes } from '../changes.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import type { Clock } from '../ports.ts';

/** Looks out for the first sign that an agent goes on after a request. */
export interface SignWatch {
  /** Milliseconds from the beginning of the watch; null when none came in time, or the agent ended. */
  seen: Promise<number | null>;
  cancel(): void;
}

/** A sign is a new report of the agent's hooks, or anything else by which it does not wait for this request any more. */
export async function watchForSign(
  state: AgentState,
  requestId: string,
  deps: { clock: Clock; changes: Changes; reader: Pick<AgentReader, 'situation'> },
  timeoutMs: number,
): Promise<SignWatch> {
  const { clock, changes, reader } = deps;
  const before = lastReport((await reader.situation(state)).history);
  const begunAt = clock.monotonicMs();
  let settle: (tookMs: number | null) => void = () => undefined;
  const seen = new Promise<number | null>((resolve) => {
    settle = resolve;
  });
  const look = async (): Promise<void> => {
    const tookMs = Math.round(clock.monotonicMs() - begunAt);
    const situation = await reader.situation(state);
    if (situation.pane.kind !== 'alive') settle(null);
    else if (lastReport(situation.history) !== before || !waitsFor(situation, requestId)) settle(tookMs);
  };
  const unlisten = changes.listen(({ scope, ids }) => {
    if (scope === 'agents' && (ids.length === 0 || ids.includes(state.id))) void look().catch(() => undefined);
  });
  const cancelTimer = clock.after(timeoutMs, () => settle(null));
  const cancel = (): void => {
    unlisten();
    cancelTimer();
    settle(null);
  };
  return { seen, cancel };
}

/** A Notification repeats, up to a minute later, what the other events have told. */
function lastReport({ recent }: AgentHistory): AgentEvent | undefined {
  return recent.findLast(({ source, event }) => source === 'hook' && event.hook_event_name !== 'Notification');
}

/** That it was answered closes it, and is no sign of the agent. */
function waitsFor({ history, verdict }: AgentSituation, requestId: string): boolean {
  const { activity, recent } = history;
  const isAnswer = ({ source, event }: AgentEvent) =>
    source === 'runner' && event.type === 'answered' && event.requestId === requestId;
  if (recent.some(isAnswer)) return true;
  return (
    verdict.status === 'waiting' && activity.kind === 'waiting' && activity.open.some(({ id }) => id === requestId)
  );
}
