import type { ProcessFacts, ProcessIdentity } from '../platform/platform.ts';
import { ancestorsIn } from './ancestorsIn.ts';

export interface TreeTarget {
  /** The process that leads the launch's terminal session, when it is known. */
  leader: ProcessIdentity | undefined;
  /** The session the leader was seen to lead a moment ago; it outlives the leader. */
  sessionId: number | undefined;
  /** Processes already known to belong to the launch, from an earlier listing. */
  known: readonly ProcessIdentity[];
  /** Processes that were started with the launch's own PAN_LAUNCH_ID. */
  marked: readonly number[];
}

/**
 * Which of `processes` belong to a launch, children before their parents. They are: the leader, every process of its
 * session or terminal, the marked ones, what is known from before, and the descendants of all of these.
 *
 * Never: pids up to 1, `ownPid` and its ancestors, and the ancestors of the leader (tmux, which started it). The search
 * does not go through those either. Of a leader that ended long ago nothing is taken: its pid may be another's by now.
 */
export function planTree(processes: readonly ProcessFacts[], target: TreeTarget, ownPid: number): ProcessFacts[] {
  const byPid = new Map(processes.map((facts) => [facts.pid, facts]));
  const parents = new Map(processes.map((facts) => [facts.pid, facts.parentPid]));
  const leader = target.leader && sameProcess(byPid, target.leader);
  const spared = new Set([
    ownPid,
    ...ancestorsIn(parents, ownPid),
    ...(leader ? ancestorsIn(parents, leader.pid) : []),
  ]);

  const childrenOf = groupByParent(processes);
  const members = new Map</* pid */ number, ProcessFacts>();
  const take = (facts: ProcessFacts): void => {
    if (facts.pid <= 1 || spared.has(facts.pid) || members.has(facts.pid)) return;
    members.set(facts.pid, facts);
    for (const child of childrenOf.get(facts.pid) ?? []) take(child);
  };

  takeIfListed(leader, take);
  const sessionId = leader?.sessionId ?? sessionLeftBy(target, byPid);
  for (const facts of processes) if (inSession(sessionId, leader?.tty, facts)) take(facts);
  for (const pid of target.marked) takeIfListed(byPid.get(pid), take);
  for (const identity of target.known) takeIfListed(sameProcess(byPid, identity), take);
  return childrenFirst([...members.values()], parents);
}

function sameProcess(byPid: ReadonlyMap<number, ProcessFacts>, wanted: ProcessIdentity): ProcessFacts | undefined {
  const facts = byPid.get(wanted.pid);
  return facts?.startTime === wanted.startTime ? facts : undefined;
}

/** A pid is not given away while a session still has it as its number: an absent leader is dead, another one is another. */
function sessionLeftBy(target: TreeTarget, byPid: ReadonlyMap<number, ProcessFacts>): number | undefined {
  return target.sessionId !== undefined && byPid.has(target.sessionId) ? undefined : target.sessionId;
}

/** A terminal controls one session only: it stands for the session where the system does not tell that (id 0). */
function inSession(sessionId: number | undefined, tty: string | null | undefined, facts: ProcessFacts): boolean {
  const sameSession = sessionId !== undefined && sessionId !== 0 && facts.sessionId === sessionId;
  return sameSession || (typeof tty === 'string' && facts.tty === tty);
}

function groupByParent(processes: readonly ProcessFacts[]): Map</* parent pid */ number, ProcessFacts[]> {
  const groups = new Map<number, ProcessFacts[]>();
  for (const facts of processes) {
    const siblings = groups.get(facts.parentPid);
    if (siblings === undefined) groups.set(facts.parentPid, [facts]);
    else siblings.push(facts);
  }
  return groups;
}

function takeIfListed(facts: ProcessFacts | undefined, take: (facts: ProcessFacts) => void): void {
  if (facts !== undefined) take(facts);
}

function childrenFirst(members: ProcessFacts[], parents: ReadonlyMap<number, number>): ProcessFacts[] {
  const depths = new Map(members.map(({ pid }) => [pid, ancestorsIn(parents, pid).length]));
  const depthOf = (facts: ProcessFacts): number => depths.get(facts.pid) ?? 0;
  return members.sort((a, b) => depthOf(b) - depthOf(a) || a.pid - b.pid);
}
