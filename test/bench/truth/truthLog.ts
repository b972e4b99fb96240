import { setTimeout as delay } from 'node:timers/promises';
import type { AgentStatus } from '../../../runner/protocol/enumerations.ts';
import type { Explanation } from '../../../runner/protocol/models.ts';
import type { RunnerHome } from '../../support/runnerHome.ts';
import { graceMs, type Sample, type TruthChange } from './timeline.ts';

/** How often the status is asked for. */
const everyMs = 50;

/** Why a status was wrong: what the runner knew when it was. */
export interface Misjudgement {
  change: TruthChange;
  explanation: Explanation;
}

/** What is true of one agent, as its model and its tester know it, beside what the runner says of it. */
export class TruthLog {
  readonly changes: TruthChange[] = [];
  readonly samples: Sample[] = [];
  readonly misjudged: Misjudgement[] = [];
  private readonly home: RunnerHome;
  private readonly issueId: string;
  private readonly ending = new AbortController();
  private sampling: Promise<void> | undefined;

  constructor(home: RunnerHome, issueId: string) {
    this.home = home;
    this.issueId = issueId;
  }

  /** From now on, or from a time on that is known better, these are right. */
  note(right: readonly AgentStatus[], what: string, atMs = Date.now()): void {
    this.changes.push({ atMs, right, what });
  }

  /** Something has begun that makes it `status` at a moment that is not known yet. */
  expect(status: AgentStatus, what: string): void {
    const now = this.changes.at(-1)?.right ?? [];
    this.note([...new Set([...now, status])], what);
  }

  start(): void {
    this.sampling = this.sample();
    // What went wrong is thrown by `stop`, after which everything is cleaned up.
    this.sampling.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.sampling;
    this.changes.sort((a, b) => a.atMs - b.atMs);
  }

  private async sample(): Promise<void> {
    const runner = await this.home.runner();
    while (!this.ending.signal.aborted) {
      const agent = (await runner.agents.list()).find(({ issueId }) => issueId === this.issueId);
      if (agent !== undefined) {
        const sample = { atMs: Date.now(), status: agent.status, reason: agent.reason };
        this.samples.push(sample);
        await this.explain(sample);
      }
      await delay(everyMs);
    }
  }

  /** Keeps the evidence for the first wrong status after each change. */
  private async explain(sample: Sample): Promise<void> {
    const change = this.changes.at(-1);
    if (change === undefined || change.right.includes(sample.status) || sample.atMs - change.atMs < graceMs) return;
    if (this.misjudged.at(-1)?.change === change) return;
    const explanation = await (await this.home.runner()).agents.why({ id: this.issueId });
    this.misjudged.push({ change, explanation });
  }
}
