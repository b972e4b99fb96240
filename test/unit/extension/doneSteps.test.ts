import assert from 'node:assert/strict';
import { ContextKeys } from '../../../extension/src/contextKeys.ts';
import { DoneSteps } from '../../../extension/src/setup/doneSteps.ts';

describe('DoneSteps', () => {
  it('keeps what was done, and sets no key before VS Code has loaded walkthroughs', () => {
    const world = new World();
    world.window().mark('doctor');
    const later = world.window();
    assert.deepEqual([later.isDone('doctor'), later.isDone('project'), world.keys], [true, false, []]);
  });

  it('sets the keys of what was done once a walkthrough is shown, and of what is done from then on', () => {
    const world = new World();
    world.window().mark('doctor');
    const steps = world.window();
    steps.show();
    steps.show();
    assert.deepEqual(world.keys, ['panopticon.done.doctor']);
    steps.mark('project');
    assert.deepEqual(world.keys, ['panopticon.done.doctor', 'panopticon.done.project']);
  });

  it('writes a step once', () => {
    const world = new World();
    const steps = world.window();
    for (let time = 0; time < 3; time++) steps.mark('started');
    assert.equal(world.writes, 1);
  });
});

class World {
  readonly keys: string[] = [];
  writes = 0;
  private readonly kept = new Map<string, unknown>();

  window(): DoneSteps {
    const memento = {
      get: <T>(key: string, fallback?: T): T => (this.kept.has(key) ? (this.kept.get(key) as T) : (fallback as T)),
      update: async (key: string, value: unknown): Promise<void> => {
        this.writes++;
        this.kept.set(key, value);
      },
    };
    return new DoneSteps(memento, new ContextKeys((key) => this.keys.push(key)));
  }
}
