import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { ulid } from 'ulid';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import type { AgentHistory } from '../../../runner/core/agents/eventLog.ts';
import { HookHandover } from '../../../runner/core/agents/hookHandover.ts';
import { KeyedMutex } from '../../../runner/core/files/keyedMutex.ts';
import type { LaunchFacts } from '../../../runner/core/hooks/hookLife.ts';
import { HookQueue } from '../../../runner/core/hooks/hookQueue.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import { systemClock } from '../../../runner/core/systemClock.ts';
import { UserError } from '../../../runner/protocol/errors.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const agentId = 'agent-min-1';

/** What lasts when a daemon is killed: files, and programs with what they read. */
interface Lasting {
  /** state.json */
  state: AgentState | undefined;
  /** Launches whose program was started, what their prompts held as new, and how far they came. */
  programs: Map</* launch id */ string, Program>;
}

interface Program {
  isNew: string[];
  all: string[];
  took: boolean;
  alive: boolean;
}

/** The order in which a start does things; a daemon may be killed after each. */
const startSteps = ['promise', 'save', 'launch', 'settle'] as const;

type Act =
  | { do: 'push' | 'drop' | 'turn' | 'die' | 'kill' | 'done' | 'restart' | 'fail' }
  | { do: 'start'; until: (typeof startSteps)[number] };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('start' as const), until: fc.constantFrom(...startSteps) }) },
  { weight: 4, arbitrary: fc.constant({ do: 'push' as const }) },
  fc.record({ do: fc.constantFrom('drop', 'turn', 'die', 'kill', 'done', 'restart', 'fail' as const) }),
);

describe('the work on a hook', () => {
  const folder = useTempFolder();

  it('is neither lost nor given twice as new, at whatever step a daemon is killed', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        run += 1;
        const world = new World(`${folder()}/${run}`);
        await world.restart();
        for (const each of acts) await world.act(each);
        await world.restart();
        await world.judge();
      }),
      { numRuns: 80 },
    );
  });

  it('is not judged before the last words of an agent that has ended were heard', async () => {
    const world = new World(folder());
    await world.restart();
    await world.act({ do: 'push' });
    await world.act({ do: 'start', until: 'settle' });
    assert.deepEqual(await world.states(), ['handed']);
    world.unheard = true;
    await world.act({ do: 'turn' });
    await world.act({ do: 'die' });
    assert.deepEqual(await world.states(), ['taken']);
  });

  it('stays as it is where its file is broken, and hinders no ending', async () => {
    const warned: string[] = [];
    const world = new World(folder(), (message) => warned.push(message));
    await world.restart();
    await world.act({ do: 'push' });
    await world.act({ do: 'start', until: 'settle' });
    world.breakFile();
    await world.act({ do: 'kill' });
    assert.equal(warned.length, 1);
    assert.match(warned[0] ?? '', /^what became of the work on the hook of agent-min-1 was not noted: /);
  });
});

/** A runner with real hooks and made-up agents. */
class World {
  unheard = false;
  private readonly lasting: Lasting = { state: undefined, programs: new Map() };
  private readonly pushed: string[] = [];
  private readonly dropped = new Set<string>();
  private readonly finished = new Set<string>();
  private readonly home: string;
  private readonly warn: (message: string) => void;
  private hooks: HookQueue;
  private handover: HookHandover;

  constructor(home: string, warn: (message: string) => void = assert.fail) {
    this.home = home;
    this.warn = warn;
    this.hooks = this.newHooks();
    this.handover = this.newHandover();
  }

  async act(act: Act): Promise<void> {
    const { state } = this.lasting;
    const program = this.program();
    switch (act.do) {
      case 'push':
        return this.push();
      case 'drop':
        return this.drop();
      case 'start':
        return program?.alive === true ? undefined : this.start(act.until);
      case 'fail':
        return program?.alive === true ? undefined : this.fail();
      case 'turn':
        if (program?.alive === true) program.took = true;
        return this.unheard ? undefined : this.settle();
      case 'die':
        if (program !== undefined) program.alive = false;
        return this.settle();
      case 'kill':
      case 'done': {
        if (state === undefined || program === undefined) return;
        program.alive = false;
        if (act.do === 'done' && program.took) for (const id of program.all) this.finished.add(id);
        this.lasting.state = { ...state, intent: act.do === 'done' ? 'done' : 'killed', leader: null };
        return this.settle();
      }
      case 'restart':
        return this.restart();
    }
  }

  async restart(): Promise<void> {
    this.hooks = this.newHooks();
    this.handover = this.newHandover();
    const { state } = this.lasting;
    await this.handover.start(state === undefined ? [] : [state]);
  }

  async states(): Promise<string[]> {
    return (await this.hooks.check(agentId)).map(({ state }) => state);
  }

  breakFile(): void {
    writeFileSync(createPaths(this.home).agent(agentId).hook, '{');
  }

  async judge(): Promise<void> {
    const open = new Map((await this.hooks.check(agentId)).map(({ id, state }) => [id, state]));
    for (const id of this.pushed) {
      const isOver = this.dropped.has(id) || this.finished.has(id);
      assert.equal(open.has(id), !isOver, isOver ? 'what is over is not open' : 'nothing is lost');
      const readers = [...this.lasting.programs.values()].filter(({ took, isNew }) => took && isNew.includes(id));
      assert.ok(readers.length <= 1, 'nobody reads as new what another one read as new');
      if (open.get(id) === 'queued') assert.equal(readers.length, 0, 'what somebody read is not queued');
      const holders = [...this.lasting.programs.values()].filter(
        ({ took, alive, all }) => all.includes(id) && (took || alive),
      );
      if (holders.length === 0 && !isOver) assert.equal(open.get(id), 'queued', 'what nobody read is queued');
    }
  }

  private async push(): Promise<void> {
    const itemId = ulid();
    await this.hooks.push(agentId, { itemId, text: itemId });
    this.pushed.push(itemId);
  }

  private async drop(): Promise<void> {
    const [first] = await this.hooks.check(agentId);
    if (first === undefined) return;
    try {
      await this.hooks.drop(agentId, first.id);
      this.dropped.add(first.id);
      const holders = [...this.lasting.programs.values()].filter(({ alive, all }) => alive && all.includes(first.id));
      assert.deepEqual(holders, [], "what was taken back is in nobody's prompt");
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'hookItemGone')) throw error;
    }
  }

  /** Up to a step, after which the daemon is killed, unless it was the last. */
  private async start(until: (typeof startSteps)[number]): Promise<void> {
    const launchId = ulid();
    const given = await this.handover.promise(agentId, launchId);
    if (until === 'promise') return this.restart();
    const state = { id: agentId, launchId, resumed: false, intent: 'running', leader: null };
    this.lasting.state = { ...state, capabilities: { reportsEvents: true } } as unknown as AgentState;
    if (until === 'save') return this.restart();
    const all = given.map(({ id }) => id);
    const isNew = given.filter((item) => item.state === 'queued').map(({ id }) => id);
    this.lasting.programs.set(launchId, { isNew, all, took: false, alive: true });
    if (until === 'launch') return this.restart();
    await this.settle();
  }

  private async fail(): Promise<void> {
    await this.handover.promise(agentId, ulid());
    await this.handover.release(agentId);
  }

  private async settle(): Promise<void> {
    if (this.lasting.state !== undefined) await this.handover.settle(this.lasting.state);
  }

  private program(): Program | undefined {
    return this.lasting.programs.get(this.lasting.state?.launchId ?? '');
  }

  /** As the events log tells it: a start that was saved and whose program is not there did not come about. */
  private history(): AgentHistory {
    const launchId = this.lasting.state?.launchId ?? '';
    const program = this.program();
    const at = new Date().toISOString();
    const kind = program === undefined ? 'startFailed' : program.alive ? 'working' : 'dead';
    const launched = { source: 'runner', at, launchId, event: { type: 'launched', fence: 1, sessionId: null } };
    const turn = { source: 'hook', at, launchId, event: { hook_event_name: 'UserPromptSubmit' } };
    const recent = program?.took === true && !this.unheard ? [launched, turn] : [launched];
    return { launchId, fence: 1, activity: { kind, since: at }, activityAt: at, recent } as unknown as AgentHistory;
  }

  private parts() {
    return { paths: createPaths(this.home), clock: systemClock, mutex: new KeyedMutex() };
  }

  private newHooks(): HookQueue {
    return new HookQueue(this.parts());
  }

  private newHandover(): HookHandover {
    const hooks = {
      promise: (id: string, launchId: string) => this.hooks.promise(id, launchId),
      release: (id: string) => this.hooks.release(id),
      settle: (id: string, launch: LaunchFacts) => this.hooks.settle(id, launch),
    };
    return new HookHandover({
      hooks,
      events: { history: async () => this.history() },
      changes: { fire: () => undefined } as never,
      log: { info: this.warn, warn: this.warn, error: this.warn } as never,
      drainSpool: async () => {
        this.unheard = false;
      },
    });
  }
}
