import { KeyedMutex } from '../../runner/core/files/keyedMutex.ts';
import { systemClock } from '../../runner/core/systemClock.ts';
import { LocalTracker } from '../../runner/core/trackers/local/localTracker.ts';
import type { Project } from '../../runner/protocol/models.ts';

/**
 * A program for tests: creates issues side by side in the project folder `argv[2]`, as many as `argv[3]` says, with
 * titles that begin with `argv[4]`, and prints their ids as one JSON array.
 */
async function main(): Promise<void> {
  const [, , folder = '', count = '0', name = ''] = process.argv;
  const project: Project = {
    name: 'myn',
    path: folder,
    prefix: 'MIN',
    tracker: 'local',
    defaultBranch: 'main',
    addedAt: '',
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const tracker = new LocalTracker({ clock: systemClock, log, mutex: new KeyedMutex() });
  const fields = { body: '', labels: [], priority: 'normal', state: 'todo' } as const;
  const created = Array.from({ length: Number(count) }, (_, index) =>
    tracker.create(project, { ...fields, labels: [], title: `${name} ${index}` }),
  );
  process.stdout.write(JSON.stringify((await Promise.all(created)).map((issue) => issue.id)));
}

void main();
