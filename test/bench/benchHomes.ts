import { RunnerHome } from '../support/runnerHome.ts';

/** Agents started side by side; more would only wait for the lock of the repository and for the processors. */
const batchSize = 4;

/** The homes of one run of the bench, each with a daemon of its own. */
export class BenchHomes {
  /** Tells people what is being done, and what was found beside the table. */
  readonly say: (line: string) => void;
  private readonly homes: RunnerHome[] = [];
  private readonly endings: (() => Promise<void>)[] = [];
  private fleetHome: RunnerHome | undefined;
  private fleetSize = 0;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  /** A home with one project, whose daemon runs. */
  async open(): Promise<RunnerHome> {
    const home = new RunnerHome();
    this.homes.push(home);
    // Agents that have nothing to do: each says one word and waits at its prompt.
    home.script([[{ say: 'Ready.' }]]);
    await home.addProject();
    return home;
  }

  /**
   * A home with `count` rehearsal agents, each in a workspace and a terminal of its own and idle at its prompt. It is
   * kept, and grows from one case to the next.
   */
  async fleet(count: number): Promise<RunnerHome> {
    this.fleetHome ??= await this.open();
    const home = this.fleetHome;
    if (this.fleetSize < count) this.say(`starting ${count - this.fleetSize} agents`);
    while (this.fleetSize < count) {
      const batch = Array.from({ length: Math.min(batchSize, count - this.fleetSize) }, () => startAgent(home));
      await Promise.all(batch);
      this.fleetSize += batch.length;
    }
    return home;
  }

  /** Has something ended after the homes. */
  onStop(end: () => Promise<void>): void {
    this.endings.push(end);
  }

  /** Ends every daemon, terminal and agent that was started, and removes the homes. */
  async stop(): Promise<void> {
    await Promise.all(this.homes.splice(0).map((home) => home.stop()));
    await Promise.all(this.endings.splice(0).map((end) => end()));
  }
}

/** Resolves once the agent is idle. */
export async function startAgent(home: RunnerHome): Promise<void> {
  const runner = await home.runner();
  const { id } = await runner.issues.create({
    title: 'Rate-limit login attempts per account',
    cwd: home.repository.path,
  });
  await runner.agents.start({ id });
  await home.agent(id, 'idle');
}
