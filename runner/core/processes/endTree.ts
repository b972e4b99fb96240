import { errnoOf } from '../files/fileFailure.ts';
import { isAlive } from '../platform/isAlive.ts';
import type { Platform, ProcessFacts, ProcessIdentity } from '../platform/platform.ts';
import type { Clock } from '../ports.ts';
import { planTree } from './planTree.ts';

export interface EndTreeTarget {
  /** The pane's leader: its pid and its start time; undefined when it is not known any more. */
  leader: ProcessIdentity | undefined;
  /** A ULID, the PAN_LAUNCH_ID in the environment of everything the launch started. */
  launchId: string;
}

export interface EndTreeDeps {
  platform: Platform;
  clock: Clock;
  kill?: (pid: number, signal: NodeJS.Signals) => void;
}

export interface EndTreeResult {
  /** Processes that were there and are gone. */
  ended: number;
  /** Processes that still run: they may not be signalled, or hang in the kernel. */
  survivors: number;
}

/** Time to end in good order after SIGTERM, and to vanish after SIGKILL, which needs no cooperation. */
const graceMs = { SIGTERM: 2_000, SIGKILL: 500 } as const;
/** New processes can appear between a listing and the signal; each round lists again. */
const maxRounds = 5;
const firstPauseMs = 10;
const longestPauseMs = 200;

/**
 * Ends every process of an agent's launch: asks politely, waits, insists, until a listing shows none. Whom it finds
 * says `planTree`. Right before a signal, pid and start time are compared again.
 */
export async function endTree(target: EndTreeTarget, deps: EndTreeDeps): Promise<EndTreeResult> {
  if (!/^\w{10,}$/.test(target.launchId)) throw new Error(`not a launch id: '${target.launchId}'`);
  const met = new Map<string, ProcessIdentity>();
  const first = await listWithMarks(target.launchId, deps.platform);
  const sessionId = first.processes.find(
    (facts) => keyOf(facts) === (target.leader && keyOf(target.leader)),
  )?.sessionId;
  const membersIn = ({ processes, marked }: Listing): ProcessFacts[] =>
    planTree(processes, { leader: target.leader, sessionId, known: [...met.values()], marked }, process.pid);

  let members = membersIn(first);
  for (let round = 0; round < maxRounds && members.length > 0; round++) {
    for (const member of members) met.set(keyOf(member), member);
    const signal = round === 0 ? 'SIGTERM' : 'SIGKILL';
    for (const member of members) await signalProcess(member, signal, deps);
    await waitUntilGone(members, graceMs[signal], deps);
    members = membersIn(await listWithMarks(target.launchId, deps.platform));
  }
  return { ended: met.size - members.filter((member) => met.has(keyOf(member))).length, survivors: members.length };
}

interface Listing {
  processes: ProcessFacts[];
  marked: number[];
}

/**
 * Lists first and looks for marks then: a pid that changes hands in between has another start time by the time of the
 * signal. A mark that is not in the listing is a process younger than it: then both are asked again.
 */
async function listWithMarks(launchId: string, platform: Platform): Promise<Listing> {
  for (let attempt = 1; ; attempt++) {
    const processes = await platform.list();
    const marked = await platform.pidsWithVariable('PAN_LAUNCH_ID', launchId);
    const pids = new Set(processes.map((facts) => facts.pid));
    if (attempt === 3 || marked.every((pid) => pids.has(pid))) return { processes, marked };
  }
}

async function signalProcess(member: ProcessFacts, signal: 'SIGTERM' | 'SIGKILL', deps: EndTreeDeps): Promise<void> {
  if (!(await isAlive(member, deps.platform))) return;
  const kill = deps.kill ?? ((pid, name) => process.kill(pid, name));
  try {
    kill(member.pid, signal);
    // A stopped process takes a SIGTERM only when it goes on.
    if (signal === 'SIGTERM' && member.state.toUpperCase() === 'T') kill(member.pid, 'SIGCONT');
  } catch (error) {
    // ESRCH: it ended just now. EPERM: it is not ours to end; it is counted as a survivor.
    if (errnoOf(error) !== 'ESRCH' && errnoOf(error) !== 'EPERM') throw error;
  }
}

async function waitUntilGone(members: readonly ProcessIdentity[], waitMs: number, deps: EndTreeDeps): Promise<void> {
  const deadlineMs = deps.clock.monotonicMs() + waitMs;
  const wanted = new Set(members.map(keyOf));
  let pauseMs = firstPauseMs;
  while (deps.clock.monotonicMs() < deadlineMs) {
    await pause(pauseMs, deps.clock);
    const listed = await deps.platform.list();
    if (!listed.some((facts) => wanted.has(keyOf(facts)))) return;
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

function pause(ms: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

function keyOf(identity: ProcessIdentity): string {
  return `${identity.pid} ${identity.startTime}`;
}
