import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { AttentionRecord } from '../../../runner/core/attention/attentionFile.ts';
import { AttentionService, type WindowClient } from '../../../runner/core/attention/attentionService.ts';
import { Changes } from '../../../runner/core/changes.ts';
import type { WindowState } from '../../../runner/protocol/attention.ts';
import type { AgentId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { aRequest, aWindow } from './models.ts';

/** A window and what it was told. */
interface Seen {
  client: WindowClient;
  texts: string[];
  aged: string[];
}

/** The attention of people, with agents, windows and a desktop that the test makes, and a time that it moves. */
export class AttentionWorld {
  readonly clock = new MovableClock('2026-11-22T14:31:00.000Z');
  agents: Agent[] = [];
  /** How often agents were listed. */
  lists = 0;
  fired: string[] = [];
  record: AttentionRecord = { until: null, told: [] };
  readonly onDesktop: string[] = [];
  private readonly changes = new Changes();
  private running: AttentionService | undefined;

  constructor() {
    this.changes.listen(({ scope, ids }) => void this.fired.push([scope, ...ids].join(' ')));
  }

  get service(): AttentionService {
    assert.ok(this.running !== undefined);
    return this.running;
  }

  /** What a daemon that ended kept is all that the next one has. */
  async startDaemon(): Promise<void> {
    this.running = new AttentionService({
      clock: this.clock,
      log: { info: () => undefined, warn: () => undefined, error: (text, error) => assert.fail(`${text} ${error}`) },
      changes: this.changes,
      file: {
        read: async () => this.record,
        write: async (written) => {
          this.record = structuredClone(written);
        },
      },
      desktop: { show: async (text) => void this.onDesktop.push(text) },
      agents: async (ids) => {
        this.lists += 1;
        return this.agents.filter(({ id }) => ids === undefined || ids.includes(id));
      },
      detailsOf: async (_, { id, ask }) => ({
        request: ask === null ? null : aRequest({ id: ask.requestId, agentId: id }),
        changes: null,
      }),
    });
    await this.running.start();
  }

  open(state: Partial<WindowState> = {}): Seen {
    const seen: Seen = {
      client: {
        present: ({ text }) => void seen.texts.push(text),
        didAge: (aged) => void seen.aged.push(...aged.agents),
      },
      texts: [],
      aged: [],
    };
    this.say(seen, state);
    return seen;
  }

  say({ client }: Seen, state: Partial<WindowState>): void {
    this.service.window(client, aWindow(state));
  }

  /** The agents are these from now on. */
  become(...next: Agent[]): void {
    const ids = new Set(next.map(({ id }) => id));
    this.agents = [...this.agents.filter(({ id }) => !ids.has(id)), ...next];
    this.changes.fire({ scope: 'agents', ids: [...ids] });
  }

  /** The agent's folder is gone. */
  lose(agentId: AgentId): void {
    this.agents = this.agents.filter(({ id }) => id !== agentId);
    this.changes.fire({ scope: 'agents', ids: [agentId] });
  }

  /** Lets time pass in steps of at most 100 ms, so that every timer finds its time. */
  async pass(ms: number): Promise<void> {
    this.clock.move(0);
    for (let left = ms; ; left -= 100) {
      for (let turns = 0; turns < 8; turns += 1) await turn();
      if (left <= 0) return;
      this.clock.move(Math.min(left, 100));
    }
  }
}
