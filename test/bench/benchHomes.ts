import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Agent } from '../../runner/protocol/models.ts';
import { RunnerHome } from '../support/runnerHome.ts';
import { tempFolder } from '../support/tempFolder.ts';
import { buildExtension, packExtension, probeFolder } from './editor/packExtension.ts';

/** Agents started side by side; more would only wait for the lock of the repository and for the processors. */
const batchSize = 4;

/** The extension as it ships. */
export interface BuiltExtension {
  /** Has its package.json and dist/. */
  folder: string;
  /** The packed extension, and that of the probe. */
  vsix: readonly [string, string];
}

/** The homes of one run of the bench, each with a daemon of its own. */
export class BenchHomes {
  /** Tells people what is being done, and what was found beside the table. */
  readonly say: (line: string) => void;
  private readonly homes: RunnerHome[] = [];
  private readonly endings: (() => Promise<void>)[] = [];
  private fleetHome: RunnerHome | undefined;
  private fleetSize = 0;
  private built: BuiltExtension | undefined;
  private readonly editors = new Set<() => Promise<void>>();

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
    await startAgents(home, count - this.fleetSize);
    this.fleetSize = Math.max(this.fleetSize, count);
    return home;
  }

  /** Builds and packs it, once. */
  extension(): BuiltExtension {
    if (this.built !== undefined) return this.built;
    this.say('building the extension');
    const folder = tempFolder('pan-bench-');
    this.onStop(async () => rmSync(folder, { recursive: true, force: true }));
    const extension = path.join(folder, 'extension');
    mkdirSync(extension);
    buildExtension(extension);
    const vsix = [path.join(folder, 'panopticon.vsix'), path.join(folder, 'probe.vsix')] as const;
    packExtension(extension, vsix[0]);
    packExtension(probeFolder, vsix[1]);
    this.built = { folder: extension, vsix };
    return this.built;
  }

  /** Has something that uses a home ended before the homes. The answer ends it at once. */
  beforeStop(end: () => Promise<void>): () => Promise<void> {
    this.editors.add(end);
    return async () => {
      if (this.editors.delete(end)) await end();
    };
  }

  /** Has something ended after the homes. */
  onStop(end: () => Promise<void>): void {
    this.endings.push(end);
  }

  /** Ends every daemon, terminal and agent that was started, and removes the homes. */
  async stop(): Promise<void> {
    for (const end of [...this.editors].reverse()) await end();
    this.editors.clear();
    await Promise.all(this.homes.splice(0).map((home) => home.stop()));
    await Promise.all(this.endings.splice(0).map((end) => end()));
  }
}

/** Resolves once all of them are as wanted. */
export async function startAgents(home: RunnerHome, count: number, wanted: Agent['status'] = 'idle'): Promise<void> {
  for (let left = count; left > 0; left -= batchSize) {
    await Promise.all(Array.from({ length: Math.min(batchSize, left) }, () => startAgent(home, wanted)));
  }
}

/** Resolves once the agent is as wanted. */
export async function startAgent(home: RunnerHome, wanted: Agent['status'] = 'idle'): Promise<void> {
  const runner = await home.runner();
  const { id } = await runner.issues.create({
    title: 'Rate-limit login attempts per account',
    cwd: home.repository.path,
  });
  await runner.agents.start({ id });
  await home.agent(id, wanted);
}
