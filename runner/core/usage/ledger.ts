import { existsSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { looseObject, number } from 'valibot';
import { KeyedMutex } from '../files/keyedMutex.ts';
import { readChecked } from '../files/readChecked.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Log } from '../ports.ts';
import { messageOf } from '../text/messageOf.ts';
import {
  type FileProgress,
  type HourTotals,
  type UsageFact,
  UsageRecord,
  usageSchema,
  usageSchemaVersion,
} from './usageRecord.ts';

export interface LedgerDeps {
  paths: Pick<RunnerPaths, 'agent'>;
  clock: Clock;
  log: Log;
}

/** The use of one agent whose transcripts are read. */
export interface AgentUsage {
  progress(file: string): FileProgress | undefined;
  /** Takes what a line said about use, and that the file was read up to there. */
  take(file: string, progress: FileProgress, facts: readonly UsageFact[]): void;
}

interface Kept {
  record: UsageRecord;
  /** False where the file is of a newer build: it is left alone. */
  mayWrite: boolean;
  cancelSave: (() => void) | undefined;
  users: number;
}

/**
 * What was read is written this long after it was read. A crash loses nothing by it: the offset is in the same file, and
 * what came after it is read again.
 */
const saveAfterMs = 5_000;
const anySchemaNumber = looseObject({ schema: number() });

/** Keeps `agents/<id>/usage.json`. In memory are those of agents that are followed, and the totals of others. */
export class Ledger {
  private readonly deps: LedgerDeps;
  private readonly kept = new Map</* agent id */ string, Kept>();
  private readonly totalsOfOthers = new Map</* agent id */ string, { stamp: string; totals: HourTotals }>();
  private readonly turns = new KeyedMutex();

  constructor(deps: LedgerDeps) {
    this.deps = deps;
  }

  /** Reads what is known of the agent's use and keeps it until it was closed as often as opened. */
  async open(agentId: string): Promise<AgentUsage> {
    const kept = await this.turns.run(agentId, async () => {
      const found = this.kept.get(agentId) ?? { ...(await this.load(agentId)), cancelSave: undefined, users: 0 };
      found.users += 1;
      this.kept.set(agentId, found);
      return found;
    });
    this.totalsOfOthers.delete(agentId);
    return {
      progress: (file) => kept.record.progress(file),
      take: (file, progress, facts) => {
        for (const fact of facts) kept.record.add(fact, this.deps.clock.now());
        kept.record.advance(file, progress);
        this.saveSoon(agentId, kept);
      },
    };
  }

  /** Writes what is not written yet. */
  async close(agentId: string): Promise<void> {
    await this.turns.run(agentId, async () => {
      const kept = this.kept.get(agentId);
      if (kept === undefined) return;
      kept.users -= 1;
      await this.save(agentId, kept);
      if (kept.users === 0) this.kept.delete(agentId);
    });
  }

  async totals(agentId: string): Promise<HourTotals> {
    const kept = this.kept.get(agentId);
    if (kept !== undefined) return kept.record.totals;
    const stamp = this.stamp(agentId);
    const known = this.totalsOfOthers.get(agentId);
    if (known?.stamp === stamp) return known.totals;
    const { totals } = (await this.load(agentId)).record;
    this.totalsOfOthers.set(agentId, { stamp, totals });
    return totals;
  }

  private saveSoon(agentId: string, kept: Kept): void {
    kept.cancelSave ??= this.deps.clock.after(saveAfterMs, () => {
      void this.turns.run(agentId, () => this.save(agentId, kept));
    });
  }

  /** What cannot be written stays in memory and is tried again when more was read. */
  private async save(agentId: string, kept: Kept): Promise<void> {
    if (kept.cancelSave === undefined) return;
    kept.cancelSave();
    kept.cancelSave = undefined;
    const file = this.file(agentId);
    // The folder of an agent that was removed meanwhile must not come back.
    if (!kept.mayWrite || !existsSync(path.dirname(file))) return;
    try {
      await writeAtomic(file, `${JSON.stringify(kept.record.toJson())}\n`);
    } catch (error) {
      this.deps.log.warn(`the use of ${agentId} was not written: ${messageOf(error)}`);
    }
  }

  private async load(agentId: string): Promise<Pick<Kept, 'record' | 'mayWrite'>> {
    const file = this.file(agentId);
    const found = await readChecked(file, usageSchema);
    if (found.kind === 'ok') return { record: UsageRecord.fromJson(found.value), mayWrite: true };
    const fresh = { record: new UsageRecord(), mayWrite: found.kind !== 'failed' };
    if (found.kind === 'missing') return fresh;
    this.deps.log.warn(`${file} cannot be read: ${found.reason}`);
    if (found.kind === 'failed') return fresh;
    const versioned = await readChecked(file, anySchemaNumber);
    if (versioned.kind === 'ok' && versioned.value.schema > usageSchemaVersion) return { ...fresh, mayWrite: false };
    // The transcripts are read again from their beginning, which makes up for it.
    await rename(file, `${file}.broken`).catch(() => undefined);
    return fresh;
  }

  private stamp(agentId: string): string {
    const facts = statSync(this.file(agentId), { bigint: true, throwIfNoEntry: false });
    return facts === undefined ? 'missing' : `${facts.ino}:${facts.mtimeNs}:${facts.size}`;
  }

  private file(agentId: string): string {
    return this.deps.paths.agent(agentId).usage;
  }
}
