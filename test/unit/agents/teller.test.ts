import assert from 'node:assert/strict';
import type { Activity } from '../../../runner/core/agents/activity.ts';
import type { AgentReader, AgentSituation } from '../../../runner/core/agents/agentReader.ts';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import type { EventLog } from '../../../runner/core/agents/eventLog.ts';
import { Mailbox } from '../../../runner/core/agents/mailbox.ts';
import { Teller } from '../../../runner/core/agents/teller.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import type { TmuxServer } from '../../../runner/core/tmux/tmuxServer.ts';
import type { AgentStatus } from '../../../runner/protocol/enumerations.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const agentId = 'agent-min-1';

describe('telling an agent something', () => {
  const folder = useTempFolder();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let world: World;

  beforeEach(() => {
    world = new World();
  });

  /** An agent and its terminal, of which only what a message meets is there. */
  class World {
    status: AgentStatus = 'idle';
    confirms = true;
    /** What was done to the terminal. */
    readonly terminal: string[] = [];
    readonly recent: AgentEvent[] = [];
    /** Called once after the next paste. */
    afterPaste: () => void = () => undefined;
    /** Called at every Enter with what stands in the line. */
    onEnter: (text: string) => void = (text) => this.report(text);
    /** How often what waits was to be delivered a little later. */
    soon = 0;
    /** Thrown by the next paste. */
    obstacle: Error | undefined;
    private line = '';
    private readonly timers = new Set<() => void>();
    private nowMs = Date.parse('2026-01-01T00:00:00Z');
    private readonly clock = {
      now: () => new Date(this.nowMs++),
      monotonicMs: () => this.nowMs,
      after: (_ms: number, run: () => void) => {
        this.timers.add(run);
        return () => void this.timers.delete(run);
      },
    };
    private readonly paths = createPaths(folder());
    mailbox = new Mailbox({ paths: this.paths, clock: this.clock, log });
    teller = this.makeTeller();

    /** A new daemon knows only what is on disk. */
    restart(): void {
      this.mailbox = new Mailbox({ paths: this.paths, clock: this.clock, log });
      this.teller = this.makeTeller();
    }

    /** Lets all time limits pass. */
    expire(): void {
      for (const run of [...this.timers]) run();
    }

    get timerCount(): number {
      return this.timers.size;
    }

    report(prompt: string): void {
      const event = { hook_event_name: 'UserPromptSubmit', prompt };
      const reported: AgentEvent = { source: 'hook', at: this.clock.now().toISOString(), launchId: 'launch', event };
      this.recent.push(reported);
      this.teller.noticePrompt(agentId, reported);
    }

    get situation(): AgentSituation {
      const capabilities = { reportsEvents: this.confirms, confirmsMessages: this.confirms, resumes: true };
      const activity: Activity =
        this.status === 'waiting'
          ? { kind: 'waiting', since: '', detail: '', open: [] }
          : { kind: 'idle', since: '', detail: '' };
      const state = { id: agentId, issueId: 'MIN-1', runtime: 'rehearsal', launchId: 'launch', capabilities };
      // A broken configuration can make the verdict say something else; an open dialog is what counts.
      const verdict = { status: 'working', reason: '', since: '' };
      const history = { launchId: 'launch', activity, recent: this.recent };
      return { state: state as AgentState, history, pane: { kind: 'alive' }, verdict } as AgentSituation;
    }

    tell(text: string) {
      return this.teller.tell(this.situation, text);
    }

    private makeTeller(): Teller {
      const tmux = {
        paste: async (_name: string, text: string) => {
          const { obstacle } = this;
          this.obstacle = undefined;
          if (obstacle !== undefined) throw obstacle;
          this.terminal.push(text);
          this.line += text;
          const call = this.afterPaste;
          this.afterPaste = () => undefined;
          call();
        },
        sendKeys: async (_name: string, key: string) => {
          this.terminal.push(`<${key}>`);
          const text = this.line;
          this.line = '';
          if (key === 'Enter') this.onEnter(text);
        },
      };
      return new Teller({
        clock: this.clock,
        log,
        events: { append: async () => undefined } as unknown as EventLog,
        reader: { situation: async () => this.situation } as unknown as AgentReader,
        mailbox: this.mailbox,
        tmux: tmux as unknown as TmuxServer,
        drainSpool: async () => undefined,
        deliverSoon: () => {
          this.soon += 1;
        },
      });
    }
  }

  it('pastes, presses Enter, and says delivered when the agent reports the message', async () => {
    assert.equal((await world.tell('hello\nworld')).outcome, 'delivered');
    assert.deepEqual(world.terminal, ['hello\nworld', '<Enter>']);
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('types nothing while the agent asks something', async () => {
    world.status = 'waiting';
    assert.equal((await world.tell('hello')).outcome, 'queued');
    assert.deepEqual(world.terminal, []);
  });

  it('presses no Enter when a dialog opened after the paste, and types it anew, alone, afterwards', async () => {
    world.afterPaste = () => {
      world.status = 'waiting';
    };
    assert.equal((await world.tell('hello')).outcome, 'queued');
    assert.deepEqual(world.terminal, ['hello']);
    world.status = 'idle';
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['hello', '<C-u>', 'hello', '<Enter>']);
    assert.equal(world.recent.length, 1, 'it was entered once, and not twice in one line');
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('is not confused by the time limit of an attempt that was given up', async () => {
    world.afterPaste = () => {
      world.status = 'waiting';
    };
    await world.tell('hello');
    world.status = 'idle';
    // The timer of the first attempt would ring now, if it still ran.
    const forgotten = world.timerCount;
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual([forgotten, world.timerCount], [0, 0]);
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('delivers after a crash what was pasted and never entered', async () => {
    world.afterPaste = () => {
      throw new Error('killed here');
    };
    await world.tell('hello');
    world.restart();
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['hello', '<C-u>', 'hello', '<Enter>']);
  });

  it('does not type again after a crash what the agent reported meanwhile', async () => {
    world.onEnter = () => {
      throw new Error('killed here');
    };
    await world.tell('hello');
    world.restart();
    world.report('hello');
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['hello', '<Enter>']);
    assert.deepEqual(await world.mailbox.queued(agentId), []);
  });

  it('says failed, with where the message is kept, when no receipt comes in time', async () => {
    world.onEnter = () => setImmediate(() => world.expire());
    const told = await world.tell('hello');
    assert.equal(told.outcome, 'failed');
    assert.match(told.detail, /kept as mail 0/);
  });

  it('keeps what could not be typed, and sees to it that it is tried again', async () => {
    world.obstacle = new Error('tmux: exit 1');
    assert.equal((await world.tell('one')).outcome, 'queued');
    assert.equal(world.soon, 1);
    assert.equal((await world.tell('two')).outcome, 'queued');
    assert.equal(world.soon, 2, 'nothing else would come to deliver what waits');
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(world.terminal, ['<C-u>', 'one', '<Enter>', 'two', '<Enter>']);
  });

  it('goes on waiting when the agent is ended before it confirmed', async () => {
    world.onEnter = () => world.teller.giveUp(agentId);
    const told = await world.tell('one');
    assert.deepEqual([told.outcome, told.detail], ['queued', 'MIN-1 has ended meanwhile, so your message is queued']);
    assert.deepEqual(
      (await world.mailbox.queued(agentId)).map(({ text }) => text),
      ['one'],
    );
    assert.equal(world.timerCount, 0);
  });

  it('says sent where the tool confirms nothing', async () => {
    world.confirms = false;
    world.onEnter = () => undefined;
    assert.equal((await world.tell('hello')).outcome, 'sent');
  });

  for (const text of ['\u001b[A', 'a\u0003b', 'x\r', '\u009b31m', '\0', '\u007f']) {
    it(`gives by a file what would press keys: ${JSON.stringify(text)}`, async () => {
      await world.tell(text);
      assert.match(world.terminal[0] ?? '', /^The person who runs you sent you a message\.[^\p{Cc}]*\.md$/u);
    });
  }

  it('keeps the order of what waits, also for the next daemon', async () => {
    world.status = 'waiting';
    for (const text of ['one', 'two', 'three']) await world.tell(text);
    world.restart();
    world.status = 'idle';
    await world.teller.deliverQueued(world.situation.state);
    assert.deepEqual(
      world.terminal.filter((each) => each !== '<Enter>'),
      ['one', 'two', 'three'],
    );
  });
});
