import { setTimeout as delay } from 'node:timers/promises';
import type { RunnerHome } from '../../support/runnerHome.ts';
import type { BenchCase, BenchResult } from '../benchCase.ts';
import { type ProcessFacts, processFacts } from '../processFacts.ts';

const agentCount = 100;
const watchMs = 60_000;
/** Percent of one core. */
const limitPercent = 0.3;
/** Until the answers to the last agent's start have been written. */
const settleMs = 5_000;

export const idle: BenchCase = {
  name: 'idle',
  async run(homes) {
    const home = await homes.fleet(agentCount);
    const { pid } = await (await home.runner()).daemon.status();
    if (pid === null) throw new Error('a daemon that answers has a process');
    const tmuxPid = Number(home.tmux('display-message', '-p', '#{pid}').trim());
    // The connection stays open, as an editor's would.
    await delay(settleMs);
    const look = () => ({ daemon: processFacts(pid), tmux: processFacts(tmuxPid), startMs: performance.now() });
    const before = look();
    await delay(watchMs);
    const after = look();
    const elapsedMs = after.startMs - before.startMs;
    const percent = (name: 'daemon' | 'tmux') => ((after[name].cpuMs - before[name].cpuMs) / elapsedMs) * 100;
    await requireAllIdle(home);
    const value = percent('daemon');
    return [
      {
        what: `daemon, ${agentCount} idle agents`,
        against: 'one core',
        value,
        limit: limitPercent,
        valueText: `${value.toFixed(2)} %`,
        limitText: `${limitPercent} %`,
        detail: `over ${watchMs / 1000} s; tmux itself ${percent('tmux').toFixed(2)} %`,
      },
      startedResult('daemon', before.daemon, after.daemon),
      startedResult('tmux', before.tmux, after.tmux),
    ];
  },
};

function startedResult(who: string, before: ProcessFacts, after: ProcessFacts): BenchResult {
  const started = before.children !== after.children;
  const known = before.children !== null;
  return {
    what: `processes started by the ${who} meanwhile`,
    against: 'none',
    value: started ? 1 : 0,
    limit: 0,
    valueText: known ? (started ? 'some' : 'none') : 'unknown',
    limitText: 'none',
    detail: known ? 'by its children and their page faults' : 'this system does not tell',
  };
}

/** Otherwise something else was measured than idling. */
async function requireAllIdle(home: RunnerHome): Promise<void> {
  const others = (await home.agents()).filter((agent) => agent.status !== 'idle');
  if (others.length > 0) throw new Error(`not idle: ${others.map(({ id, status }) => `${id} ${status}`).join(', ')}`);
}
