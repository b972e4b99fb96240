import assert from 'node:assert/strict';
import { ContextKeys } from '../../../extension/src/contextKeys.ts';
import { keepContextKeys } from '../../../extension/src/keepContextKeys.ts';
import type { RunnerState } from '../../../extension/src/runner/runnerConnection.ts';
import { Signal } from '../../../extension/src/signal.ts';
import type { Agent, DoctorReport, Project } from '../../../runner/protocol/models.ts';

describe('ContextKeys', () => {
  it('sets a key only when its value is another one', () => {
    const set: [string, unknown][] = [];
    const keys = new ContextKeys((key, value) => set.push([key, value]));
    keys.set('needsYou', 0);
    keys.set('needsYou', 0);
    keys.set('needsYou', 2);
    keys.set('muted', false);
    assert.deepEqual(set, [
      ['panopticon.needsYou', 0],
      ['panopticon.needsYou', 2],
      ['panopticon.muted', false],
    ]);
    assert.equal(keys.get('needsYou'), 2);
  });
});

describe('keepContextKeys', () => {
  it('says at first only what the runner is', () => {
    const world = new World();
    assert.deepEqual(world.values(), {
      runner: 'starting',
      ready: false,
      known: false,
      hasProject: false,
      hasAgents: false,
    });
    assert.equal(world.examinations, 0);
  });

  it('says what there is once it is known', () => {
    const world = new World();
    world.become('ready');
    world.tellProjects([{} as Project]);
    assert.equal(world.values()['known'], false);
    world.tellAgents([{} as Agent]);
    assert.deepEqual(world.values(), { runner: 'ready', ready: true, known: true, hasProject: true, hasAgents: true });
    assert.deepEqual(world.marked, ['project', 'started']);
  });

  it('keeps what it said of projects and agents while the runner is away', () => {
    const world = new World();
    world.become('ready');
    world.tellProjects([{} as Project]);
    world.tellAgents([{} as Agent]);
    world.become('reconnecting');
    assert.deepEqual(world.values(), {
      runner: 'reconnecting',
      ready: false,
      known: true,
      hasProject: true,
      hasAgents: true,
    });
  });

  it('has the doctor look once a connection, and only where there is no agent', () => {
    const world = new World();
    world.become('ready');
    assert.equal(world.examinations, 0);
    world.tellAgents([]);
    world.tellProjects([]);
    assert.equal(world.examinations, 1);
    world.become('reconnecting');
    world.become('ready');
    assert.equal(world.examinations, 2);
    world.become('reconnecting');
    world.tellAgents([{} as Agent]);
    world.become('ready');
    assert.equal(world.examinations, 2);
  });

  it('has the doctor look again when the person comes back and something was missing', () => {
    const world = new World();
    world.become('ready');
    world.focus.fire();
    assert.equal(world.examinations, 0);
    world.keys.set('missing', 'tmux');
    world.focus.fire();
    assert.equal(world.examinations, 1);
    world.become('reconnecting');
    world.focus.fire();
    assert.equal(world.examinations, 1);
  });

  it('logs it when the doctor cannot look', async () => {
    const world = new World();
    world.become('ready');
    world.examined = () => Promise.reject(new Error('gone'));
    world.tellAgents([]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(world.logged, ['gone']);
  });
});

class World {
  readonly focus = new Signal<void>();
  readonly marked: string[] = [];
  readonly logged: string[] = [];
  examinations = 0;
  examined: () => Promise<DoctorReport> = () => Promise.resolve({ ok: true, checks: [] });
  private readonly set: Record<string, unknown> = {};
  readonly keys = new ContextKeys((key, value) => {
    this.set[key.replace('panopticon.', '')] = value;
  });
  private readonly runner = { state: 'starting' as RunnerState, signal: new Signal<RunnerState>() };
  private readonly projects = { known: undefined as Project[] | undefined, signal: new Signal<void>() };
  private readonly agents = { known: undefined as Agent[] | undefined, signal: new Signal<readonly string[]>() };

  constructor() {
    const { runner, projects, agents } = this;
    keepContextKeys({
      runner: {
        get state() {
          return runner.state;
        },
        onDidChangeState: runner.signal.event,
      },
      projects: {
        get isKnown() {
          return projects.known !== undefined;
        },
        all: () => projects.known ?? [],
        onDidChange: projects.signal.event,
      },
      fleet: {
        get isKnown() {
          return agents.known !== undefined;
        },
        all: () => agents.known ?? [],
        onDidChange: agents.signal.event,
      },
      doctor: {
        examine: () => {
          this.examinations++;
          return this.examined();
        },
      },
      steps: { mark: (step) => void (this.marked.includes(step) || this.marked.push(step)) },
      keys: this.keys,
      onDidFocus: this.focus.event,
      log: { error: (text) => this.logged.push(text instanceof Error ? text.message : text) },
    });
  }

  values(): Record<string, unknown> {
    return { ...this.set };
  }

  become(state: RunnerState): void {
    this.runner.state = state;
    this.runner.signal.fire(state);
  }

  tellProjects(known: Project[]): void {
    this.projects.known = known;
    this.projects.signal.fire();
  }

  tellAgents(known: Agent[]): void {
    this.agents.known = known;
    this.agents.signal.fire([]);
  }
}
